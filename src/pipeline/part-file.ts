import { createHash, type Hash } from 'node:crypto'
import {
  constants,
  copyFile,
  lstat,
  open,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises'
import { dirname } from 'node:path'
import { isDiskFull } from '../db/trouble.ts'
import { JobFailure } from '../domain/messages.ts'
import { hashSource } from './source.ts'

/** The file that an export grows in, beside the one it becomes. */
export class PartFile {
  readonly path: string
  readonly #result: string
  readonly #handle: FileHandle
  /** Of what was written; undefined where an earlier run wrote the beginning. */
  readonly #hash: Hash | undefined

  private constructor(result: string, path: string, handle: FileHandle, hash: Hash | undefined) {
    this.#result = result
    this.path = path
    this.#handle = handle
    this.#hash = hash
  }

  /**
   * Cut back to `size` bytes; undefined where it is shorter than that or gone.
   *
   * A worker that was given up may still have it open. No claim keeps such a one from writing into
   * a file, so that where there may be one it is left the old file, and a copy takes its place.
   */
  static async reopen(
    result: string,
    jobId: number,
    { size, mayBeHeld }: { size: number; mayBeHeld: boolean },
  ): Promise<PartFile | undefined> {
    const path = partPath(result, jobId)
    if (size > 0 && ((await sizeOf(path)) ?? 0) < size) return undefined
    return await guarded(result, async () => {
      if (size === 0) await rm(path, { force: true })
      else if (mayBeHeld) await replaceByCopy(path)
      const handle = await open(path, size > 0 ? 'r+' : 'wx')
      await handle.truncate(size)
      return new PartFile(result, path, handle, size > 0 ? undefined : createHash('sha256'))
    })
  }

  /** Pieces come in their order, each at the end of the one before. */
  async write(bytes: Buffer, at: number): Promise<void> {
    this.#hash?.update(bytes)
    await guarded(this.#result, async () => {
      // A disk that is nearly full takes a part of it and does not complain.
      for (let done = 0; done < bytes.length;) {
        const left = bytes.length - done
        done += (await this.#handle.write(bytes, done, left, at + done)).bytesWritten
      }
    })
  }

  /** Everything is on the disk. @returns its SHA-256 */
  async seal(): Promise<string> {
    return await guarded(this.#result, async () => {
      await this.#handle.sync()
      return this.#hash?.digest('hex') ?? (await hashSource(this.path))
    })
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

export type Seal = { size: number; sha256: string }

/** Gives the sealed part its name, also when a run that died had done so already. */
export async function publish(
  result: string,
  jobId: number,
  seal: Seal,
  { replaces }: { replaces: boolean },
): Promise<void> {
  const path = partPath(result, jobId)
  if ((await sizeOf(path)) === seal.size) {
    if (!replaces && (await isThere(result)) && !(await isIntact(result, seal))) {
      throw new JobFailure('output_failed', { path: result, problem: 'came_meanwhile' })
    }
    await guarded(result, async () => {
      await rename(path, result)
      await syncFolder(dirname(result))
    })
  } else if (!(await isIntact(result, seal))) {
    throw new JobFailure('output_failed', { path: result, problem: 'part_gone', part: path })
  }
}

export async function isThere(result: string): Promise<boolean> {
  return (await lstat(result).catch(() => undefined)) !== undefined
}

/** By its contents: an older result of the same size may well lie there. */
export async function isIntact(result: string, { size, sha256 }: Seal): Promise<boolean> {
  return (await sizeOf(result)) === size && (await hashSource(result)) === sha256
}

/** A name is on the disk with its folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
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

/** Nothing is there, nor can be: its folder is a file by now, or no file may have so long a name. */
function isNowhere(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG'
}

async function replaceByCopy(path: string): Promise<void> {
  await copyFile(path, copyPath(path), constants.COPYFILE_FICLONE)
  await rename(copyPath(path), path)
}

function copyPath(path: string): string {
  return `${path}.copy`
}

function partPath(result: string, jobId: number): string {
  return `${result}.tallyman-${jobId}.part`
}

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.size
}

async function guarded<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (isDiskFull(error)) throw new JobFailure('disk_full')
    const detail = error instanceof Error ? error.message : String(error)
    throw new JobFailure('output_failed', { path, detail })
  }
}
