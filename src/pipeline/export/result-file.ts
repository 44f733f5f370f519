import { constants } from 'node:fs'
import { rm, type FileHandle } from 'node:fs/promises'
import { hasResult, type ExportJob, type Job } from '../../domain/jobs/job.ts'
import { discardFiles } from './export.ts'
import { identityOf, isUntouched, settledIdentity, type FileIdentity } from '../source/identity.ts'
import { KnownHashes } from '../source/known-hashes.ts'
import { openFile } from '../source/open-file.ts'
import { isIn } from './part-file.ts'

const { O_RDONLY, O_NOFOLLOW } = constants
const PIECE_BYTES = 64 * 1024

/** The files that are deleted with a job: its part file, and its result in the outbox. */
export function filesIn(outbox: string) {
  return {
    discardPart: discardFiles,
    async discardResult(job: Job): Promise<void> {
      if (!isKeptIn(outbox, job)) return
      const result = await openResult(job, new KnownHashes())
      await result?.handle.close()
      if (result !== undefined) await rm(job.specification.path)
    },
  }
}

/** Tallyman keeps results for download in the outbox only; an operator chose any other place. */
export function isKeptIn(outbox: string, job: Job): job is ExportJob {
  return hasResult(job) && isIn(outbox, job.specification.path)
}

export type OpenedResult = { handle: FileHandle; identity: FileIdentity }

/**
 * Opens the file that the job wrote, checked by its hash, because another file may have the same
 * size. Undefined if it is gone or changed.
 */
export async function openResult(
  job: ExportJob,
  hashes: KnownHashes,
  signal?: AbortSignal,
): Promise<OpenedResult | undefined> {
  const { path } = job.specification
  const handle = await openFile(path, O_RDONLY | O_NOFOLLOW).catch(() => undefined)
  if (handle === undefined) return undefined
  let isOwn = false
  try {
    const identity = await settledIdentity(handle)
    isOwn =
      identity.size === job.file_size &&
      (await hashes.of(handle, identity, signal)) === job.file_sha256
    return isOwn ? { handle, identity } : undefined
  } finally {
    if (!isOwn) await handle.close()
  }
}

/**
 * Streams an open result. The last bytes are sent only if the file is unchanged, so that a changed
 * one is a broken download and never a whole file.
 */
export function streamResult({ handle, identity }: OpenedResult): ReadableStream<Uint8Array> {
  const { size } = identity
  let at = 0
  return new ReadableStream({
    async pull(controller) {
      try {
        const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - at))
        const { bytesRead } = await handle.read(piece, 0, piece.length, at)
        at += bytesRead
        const isEnd = at === size || bytesRead === 0
        if (isEnd && !isUntouched(await identityOf(handle), identity)) {
          throw new Error('The file was changed while it was sent.')
        }
        if (bytesRead > 0) controller.enqueue(piece.subarray(0, bytesRead))
        if (!isEnd) return
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      await handle.close()
    },
    cancel: () => handle.close(),
  })
}
