import { constants } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Db } from '../../db/store.ts'
import { hasResult, type ExportJob, type Job } from '../../domain/jobs/job.ts'
import { storedId } from '../../domain/specification/stored-path.ts'
import { discardFiles } from './export.ts'
import { sha256Of } from '../files/identity.ts'
import { openFile } from '../files/open-file.ts'
import { openedOnDisk, type OpenedFile } from '../files/opened-file.ts'
import { MissingPieceError } from '../files/piece-reader.ts'
import { openStored } from '../files/stored-file.ts'
import { KnownHashes } from '../source/known-hashes.ts'
import { isIn, isIntact, type Seal } from './part-file.ts'

const { O_RDONLY, O_NOFOLLOW } = constants

/** The files on a disk that are deleted with a job: its part file, and its result in the outbox. */
export function filesIn(outbox: string) {
  return {
    discardPart: discardFiles,
    async discardResult(job: Job): Promise<void> {
      if (!isKeptIn(outbox, job)) return
      const { path } = job.specification
      if (storedId(path) !== undefined) return
      const result = await openResult(undefined, job, new KnownHashes())
      await result?.close()
      if (result !== undefined) await rm(path)
    },
  }
}

/** Tallyman keeps results itself or in the outbox; an operator chose any other place. */
export function isKeptIn(outbox: string, job: Job): job is ExportJob {
  if (!hasResult(job)) return false
  const { path } = job.specification
  return storedId(path) !== undefined || isIn(outbox, path)
}

/**
 * Opens the file that the job wrote, checked by its hash, because another file may have the same
 * size. Undefined if it is gone or changed.
 * @param db where a stored result is
 */
export async function openResult(
  db: Db | undefined,
  job: ExportJob,
  hashes: KnownHashes,
  signal?: AbortSignal,
): Promise<OpenedFile | undefined> {
  const file = await openPlace(db, job.specification.path).catch(() => undefined)
  if (file === undefined) return undefined
  let isOwn = false
  try {
    isOwn =
      file.identity.size === job.file_size && (await hashes.of(file, signal)) === job.file_sha256
    return isOwn ? file : undefined
  } finally {
    if (!isOwn) await file.close()
  }
}

/** Reads the whole result and compares it. */
export async function isResultIntact(db: Db, path: string, seal: Seal): Promise<boolean> {
  const id = storedId(path)
  if (id === undefined) return await isIntact(path, seal)
  const file = await openStored(db, id).catch(() => undefined)
  return file?.identity.size === seal.size && (await sha256OfAll(file)) === seal.sha256
}

/** Undefined where pieces are missing. */
async function sha256OfAll(file: OpenedFile): Promise<string | undefined> {
  try {
    return await sha256Of(file)
  } catch (error) {
    if (error instanceof MissingPieceError) return undefined
    throw error
  } finally {
    await file.close()
  }
}

async function openPlace(db: Db | undefined, path: string): Promise<OpenedFile> {
  const id = storedId(path)
  if (db !== undefined && id !== undefined) return await openStored(db, id)
  const handle = await openFile(path, O_RDONLY | O_NOFOLLOW)
  try {
    return await openedOnDisk(path, handle)
  } catch (error) {
    await handle.close()
    throw error
  }
}
