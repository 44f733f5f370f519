import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import type { SourceBytes } from '../../db/store.ts'
import { openFile } from './open-file.ts'
import type { FileBytes } from './file-bytes.ts'
import { attended, readBlocks } from './read-blocks.ts'

const { O_RDWR, O_NOFOLLOW } = constants

/**
 * Opens the output of an earlier run. Undefined for a link or a file with a second hard link,
 * because writing would change another file.
 */
export async function openOwn(path: string): Promise<FileHandle | undefined> {
  const handle = await openFile(path, O_RDWR | O_NOFOLLOW).catch(() => undefined)
  if (handle === undefined || (await handle.stat()).nlink === 1) return handle
  await handle.close()
  return undefined
}

/** Replaces whatever is at the path, including a link, but never the target of the link. */
export async function createAnew(path: string): Promise<FileHandle> {
  await rm(path, { force: true })
  return await open(path, 'wx+', 0o600)
}

/**
 * Hashes the first `size` bytes and copies them if there is a copy; undefined if the file is
 * shorter.
 */
export async function hashHead(
  file: FileBytes,
  size: number,
  copy: FileHandle | undefined,
  reading: SourceBytes,
): Promise<Hash | undefined> {
  const hash = createHash('sha256')
  let at = 0
  for await (const block of attended(readBlocks(file), reading)) {
    const head = block.subarray(0, size - at)
    hash.update(head)
    if (copy !== undefined) await writeAll(copy, head, at)
    at += head.length
    if (at === size) break
  }
  return at === size ? hash : undefined
}

/** Repeats partial writes, which a nearly full disk makes without an error. */
export async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }
}

/** Syncs the folder, which makes a new file name durable. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
