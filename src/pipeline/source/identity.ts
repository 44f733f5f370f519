import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { SourceBytes } from '../../db/store.ts'
import { attended, readBlocks } from './read-blocks.ts'

/** What tells one file from another, and what lies in it from what lay in it before. */
export type FileIdentity = Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>

/** Milliseconds that the clock of a file system may stand still. */
const TICK_MS = 20

/**
 * A write in the same tick of the clock as the last one leaves all times as they are. So a file that
 * was written just now is looked at a tick later: what comes then can be seen.
 */
export async function settledIdentity(handle: FileHandle): Promise<FileIdentity> {
  const { ctimeMs } = await handle.stat()
  const age = Date.now() - ctimeMs
  if (age >= 0 && age < TICK_MS) await pause(TICK_MS - age)
  return await identityOf(handle)
}

export async function identityOf(handle: FileHandle): Promise<FileIdentity> {
  const { dev, ino, size, mtimeMs, ctimeMs } = await handle.stat()
  return { dev, ino, size, mtimeMs, ctimeMs }
}

export function isSameFile(one: Pick<Stats, 'dev' | 'ino'>, other: typeof one): boolean {
  return one.dev === other.dev && one.ino === other.ino
}

/** The change time is the system's own: nobody can put that back, as is done with the other. */
export function isUntouched(now: FileIdentity, before: FileIdentity): boolean {
  return (
    isSameFile(now, before) &&
    now.size === before.size &&
    now.mtimeMs === before.mtimeMs &&
    now.ctimeMs === before.ctimeMs
  )
}

/** SHA-256 of the file as it lies on disk, in hexadecimal digits. */
export async function sha256Of(handle: FileHandle, reading: SourceBytes = {}): Promise<string> {
  const hash = createHash('sha256')
  for await (const block of attended(readBlocks(handle), reading)) hash.update(block)
  return hash.digest('hex')
}
