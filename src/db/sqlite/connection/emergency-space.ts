import { randomBytes } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { makeFile } from './own-files.ts'

/** More bytes than the end of a job, its journal entry and some heartbeats need. */
const BYTES = 256 * 1024

/**
 * Reserved disk space, since the end of a job must be written even when the disk is full. It is a
 * file beside the database, filled with random bytes that no file system can compress.
 */
export function openEmergencySpace(file: string) {
  const path = `${file}-reserve`
  return {
    keep(): void {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= BYTES) return
      try {
        makeFile(path)
        writeFileSync(path, randomBytes(BYTES))
      } catch {
        // The disk is already full: keep no partial reserve, which would only take space from
        // others.
        rmSync(path, { force: true })
      }
    },
    /** @returns whether there was a reserve */
    release(): boolean {
      const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined
      rmSync(path, { force: true })
      return isThere
    },
  }
}
