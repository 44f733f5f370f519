import { randomBytes } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { makeFile } from './own-files.ts'

/** More than the end of a job, its journal entry and some heartbeats take. */
const BYTES = 256 * 1024

/**
 * Room on the disk for the time when there is no other: the end of a job whose disk is full must
 * still be written. It is a file beside the database, of bytes that no file system can make small.
 */
export function openReserve(file: string) {
  const path = `${file}-reserve`
  return {
    keep(): void {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= BYTES) return
      try {
        makeFile(path)
        writeFileSync(path, randomBytes(BYTES))
      } catch {
        // There is no room to keep: half of it would only be missing elsewhere.
        rmSync(path, { force: true })
      }
    },
    /** @returns whether there was any */
    release(): boolean {
      const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined
      rmSync(path, { force: true })
      return isThere
    },
  }
}
