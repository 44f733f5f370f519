import Sqlite from 'better-sqlite3'
import { z } from 'zod'

const checked = z.array(z.object({ integrity_check: z.string() }))

/** What SQLite finds broken in its own file, in its words; empty where all is sound. */
export function findDamage(handle: Sqlite.Database, limit: number): string[] {
  try {
    return checked
      .parse(handle.pragma(`integrity_check(${limit})`))
      .map((line) => line.integrity_check)
      .filter((line) => line !== 'ok')
  } catch (error) {
    // So broken that it can't even be looked through.
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CORRUPT')) {
      return [error.message]
    }
    throw error
  }
}
