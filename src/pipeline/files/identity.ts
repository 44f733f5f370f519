import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { SourceBytes } from '../../db/store.ts'
import type { FileBytes } from './file-bytes.ts'
import { attended, readBlocks } from './read-blocks.ts'

/** Identifies a file and detects a change of its contents. */
export type FileIdentity = Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>

/** The resolution of file system timestamps, in milliseconds. */
const TICK_MS = 20

/**
 * A write in the same clock tick as the last one leaves all timestamps unchanged. So after a very
 * recent write it waits for a tick, and later writes are detected.
 */
export async function settledIdentity(handle: FileHandle): Promise<FileIdentity> {
  const { ctimeMs } = await handle.stat()
  const age = Date.now() - ctimeMs
  if (age >= 0 && age < TICK_MS) await pause(TICK_MS - age)
  return await fileIdentityOf(handle)
}

export async function fileIdentityOf(handle: FileHandle): Promise<FileIdentity> {
  const { dev, ino, size, mtimeMs, ctimeMs } = await handle.stat()
  return { dev, ino, size, mtimeMs, ctimeMs }
}

export function isSameFile(one: Pick<Stats, 'dev' | 'ino'>, other: typeof one): boolean {
  return one.dev === other.dev && one.ino === other.ino
}

/** Compares the ctime too, which the system sets; unlike the mtime, nobody can set it back. */
export function isUntouched(now: FileIdentity, before: FileIdentity): boolean {
  return (
    isSameFile(now, before) &&
    now.size === before.size &&
    now.mtimeMs === before.mtimeMs &&
    now.ctimeMs === before.ctimeMs
  )
}

/** SHA-256 of the file as it is stored, before decompression, in hexadecimal. */
export async function sha256Of(file: FileBytes, reading: SourceBytes = {}): Promise<string> {
  const hash = createHash('sha256')
  for await (const block of attended(readBlocks(file), reading)) hash.update(block)
  return hash.digest('hex')
}
