import { statSync, type Stats } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { DatabaseLostError } from '../../../domain/words/errors.ts'

/** Where an open database lies. */
export type DatabasePlace = {
  /** Whether all files that were opened still lie under their names. */
  isHeld(): boolean
  /** @throws DatabaseLostError */
  require(): void
}

/**
 * The file of a database, and those that SQLite keeps beside it as long as anybody has it open: its log and
 * the index of that. Where one of them is deleted or replaced, what is written from then on is seen by
 * nobody who comes later.
 */
export function placeOf(handle: Sqlite.Database, url: string): DatabasePlace {
  // With the first read they are there.
  handle.prepare('select count(*) from sqlite_master').get()
  const opened = ['', '-wal', '-shm'].map((end) => ({
    path: handle.name + end,
    stats: statOf(handle.name + end),
  }))
  const isHeld = () => opened.every(({ path, stats }) => isSame(stats, statOf(path)))
  return {
    isHeld,
    require() {
      if (!isHeld()) throw new DatabaseLostError({ problem: 'database_moved', database: url })
    },
  }
}

/** Of a copy that has lost its name on purpose, and is used by nobody else. */
export const NOWHERE: DatabasePlace = { isHeld: () => true, require: () => undefined }

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}

/** Where the file system has no use for one of them, it is not there, and does not come. */
function isSame(one: Stats | undefined, other: Stats | undefined): boolean {
  return one?.ino === other?.ino && one?.dev === other?.dev
}
