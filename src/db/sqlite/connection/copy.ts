import Sqlite from 'better-sqlite3'
import type { SourceBytes } from '../../store.ts'
import { makeFile } from './own-files.ts'

/** Copied at once: between two pieces a signal is heard. */
const PIECE_PAGES = 2_000

/**
 * Copies a database as it is at this moment into a file that is new, while others write. They have
 * to be kept out of the copy by a read transaction: SQLite would else begin anew with each of their
 * commits, and never come to an end beside an import.
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
