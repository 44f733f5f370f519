import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { SourceBytes } from '../../db/store.ts'
import { JobFailure } from '../../domain/words/failures.ts'
import { isSameFile, sha256Of } from '../files/identity.ts'
import { isNowhere, openFile } from '../files/open-file.ts'
import { isStop } from '../ports.ts'
import { createAnew, hashHead, openOwn, syncFolder, writeAll } from '../files/own-file.ts'
import { isOutOfSpace } from '../../domain/words/errors.ts'

const { O_RDONLY, O_NOFOLLOW } = constants

/** Size in bytes and SHA-256 in hexadecimal of what was written up to a checkpoint. */
export type Seal = { size: number; sha256: string }

/** Only Tallyman's own results stay private; `replaces`: may replace an existing file. */
export type ResultPlace = { isOwn: boolean; replaces: boolean }

/**
 * The staging file of an export, beside its result. Others may write into that folder, so it is
 * created exclusively, and the part of an earlier run is trusted only by its hash.
 * Failed writes throw JobFailure.
 */
export class PartFile {
  readonly #result: string
  readonly #path: string
  readonly #handle: FileHandle
  readonly #hash: Hash

  private constructor(result: string, path: string, handle: FileHandle, hash: Hash) {
    this.#result = result
    this.#path = path
    this.#handle = handle
    this.#hash = hash
  }

  /** Creates an empty file in place of that of an earlier run. */
  static async create(result: string, jobId: number): Promise<PartFile> {
    const path = partPath(result, jobId)
    const handle = await guarded(result, () => createAnew(path))
    return new PartFile(result, path, handle, createHash('sha256'))
  }

  /**
   * Reopens the part of an earlier run, truncated to `size` bytes; undefined if it is shorter or
   * its hash differs.
   *
   * A worker presumed dead may still have it open, and a lost claim does not stop its writes. If
   * that is possible, it keeps the old file, and a copy replaces it.
   */
  static async reopen(
    result: string,
    jobId: number,
    { size, sha256, mayBeHeld, ...reading }: Seal & SourceBytes & { mayBeHeld: boolean },
  ): Promise<PartFile | undefined> {
    const path = partPath(result, jobId)
    const old = await openOwn(path)
    if (old === undefined) return undefined

    const handles = [old]
    try {
      return await guarded(
        result,
        async () => {
          if (mayBeHeld) handles.push(await createAnew(copyPath(path)))
          const [, copy] = handles
          const hash = await hashHead(old, size, copy, reading)
          if (hash?.copy().digest('hex') !== sha256) return undefined

          if (copy === undefined) await old.truncate(size)
          else await rename(copyPath(path), path)
          return new PartFile(result, path, handles.pop() ?? old, hash)
        },
        reading,
      )
    } finally {
      for (const handle of handles) await handle.close()
    }
  }

  /** SHA-256 of all written bytes, in hexadecimal. */
  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Writes a piece at the end of the one before, and syncs it to disk. */
  async write(bytes: Buffer, at: number): Promise<void> {
    this.#hash.update(bytes)
    await guarded(this.#result, async () => {
      await writeAll(this.#handle, bytes, at)
      await this.#handle.datasync()
    })
  }

  /** Renames the part to its result, if the part is still the file at its path. */
  async renameIntoPlace({ isOwn, replaces }: ResultPlace): Promise<void> {
    const result = this.#result
    await guarded(result, async () => {
      if (!isOwn) await this.#handle.chmod(0o666 & ~process.umask())
      await this.#handle.sync()
      const found = await lstat(this.#path).catch(() => undefined)
      if (found === undefined || !isSameFile(found, await this.#handle.stat())) {
        throw partGone(result, this.#path)
      }
      if (!replaces && (await isThere(result))) {
        throw new JobFailure('output_failed', { path: result, problem: 'came_meanwhile' })
      }
      await rename(this.#path, result)
      await syncFolder(dirname(result))
    })
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

/**
 * Renames the complete part; a no-op if a run that died already did so.
 * @throws JobFailure
 */
export async function publishSealed(
  result: string,
  jobId: number,
  finish: Seal & SourceBytes,
  place: ResultPlace,
): Promise<void> {
  const part = await PartFile.reopen(result, jobId, { ...finish, mayBeHeld: false })
  try {
    if (part !== undefined) await part.renameIntoPlace(place)
    else if (!(await isIntact(result, finish))) throw partGone(result, partPath(result, jobId))
  } finally {
    await part?.close()
  }
}

export async function isThere(result: string): Promise<boolean> {
  return (await lstat(result).catch(() => undefined)) !== undefined
}

export function isIn(folder: string, file: string): boolean {
  return dirname(file) === resolve(folder)
}

/** Compares the contents, because an older result may have the same size. */
export async function isIntact(
  result: string,
  { size, sha256, ...reading }: Seal & SourceBytes,
): Promise<boolean> {
  const handle = await openFile(result, O_RDONLY | O_NOFOLLOW).catch(() => undefined)
  if (handle === undefined) return false
  try {
    return (await handle.stat()).size === size && (await sha256Of(handle, reading)) === sha256
  } finally {
    await handle.close()
  }
}

export async function discardPart(result: string, jobId: number): Promise<void> {
  const path = partPath(result, jobId)
  for (const file of [path, copyPath(path)]) {
    try {
      await rm(file)
    } catch (error) {
      if (!isNowhere(error)) throw error
    }
  }
}

function copyPath(path: string): string {
  return `${path}.copy`
}

function partPath(result: string, jobId: number): string {
  return `${result}.tallyman-${jobId}.part`
}

function partGone(path: string, part: string): JobFailure {
  return new JobFailure('output_failed', { path, problem: 'part_gone', part })
}

async function guarded<Result>(
  path: string,
  work: () => Promise<Result>,
  reading: SourceBytes = {},
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof JobFailure || isStop(error, reading)) throw error
    if (isOutOfSpace(error)) throw new JobFailure('disk_full')
    const detail = error instanceof Error ? error.message : String(error)
    throw new JobFailure('output_failed', { path, detail })
  }
}
