import { statSync, type Stats } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { DatabaseLostError } from '../../../domain/words/errors.ts'

/** Detects that the files of an open database were moved or replaced. */
export type DatabasePlace = {
  /** Whether all files that were opened are still at their paths. */
  isHeld(): boolean
  /** @throws DatabaseLostError */
  require(): void
}

/**
 * The database file and the files that SQLite keeps beside it while it is open: the WAL and its
 * index. Where one of them is deleted or replaced, no later connection sees what is written from
 * then on.
 */
export function databasePlaceOf(handle: Sqlite.Database, url: string): DatabasePlace {
  // The first read creates them.
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

/** For a copy whose path was removed on purpose, and which nobody else uses. */
export const NOWHERE: DatabasePlace = { isHeld: () => true, require: () => undefined }

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}

/** A file that the file system does not need is absent at both times. */
function isSame(one: Stats | undefined, other: Stats | undefined): boolean {
  return one?.ino === other?.ino && one?.dev === other?.dev
}
