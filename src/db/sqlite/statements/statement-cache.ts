import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

const MOST_KEPT = 256

/**
 * Statement cache between Kysely and SQLite: a batch runs the same few SQL texts as the one before.
 * SQLite itself re-prepares a statement after a schema change.
 */
export function cachedStatement(handle: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement>()

  return {
    prepare(text): SqliteStatement {
      const known = kept.get(text)
      // A statement that is being iterated can't be started again.
      if (known !== undefined && !known.busy) return known
      const statement = handle.prepare(text)
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(text, statement)
      return statement
    },
    close: () => void handle.close(),
  }
}
