import Sqlite from 'better-sqlite3'
import type { SourceBytes } from '../../store.ts'
import { makeFile } from './own-files.ts'

/** Pages per backup step; the abort signal is checked between steps. */
const PIECE_PAGES = 2_000

/**
 * Copies a snapshot of the database to a new file, while others write. A read transaction keeps
 * their writes out of the snapshot: without it SQLite restarts the backup after each of their
 * commits, and the backup never ends beside an import.
 */
export async function copyDatabase(
  file: string,
  copy: string,
  { stopSignal, progressed }: SourceBytes = {},
): Promise<void> {
  makeFile(copy)
  const own = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    own.exec('begin')
    own.prepare('select count(*) from sqlite_master').get()
    await own.backup(copy, {
      progress() {
        stopSignal?.throwIfAborted()
        progressed?.()
        return PIECE_PAGES
      },
    })
  } finally {
    own.close()
  }
}
