import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

const MOST_KEPT = 256

/**
 * The database as Kysely uses it, with statements that stay prepared: a batch sends the same few
 * texts as the one before. SQLite itself prepares one again where a table has changed.
 */
export function cachedStatement(handle: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement>()

  return {
    prepare(text): SqliteStatement {
      const known = kept.get(text)
      // One that is being iterated can't be started a second time.
      if (known !== undefined && !known.busy) return known
      const statement = handle.prepare(text)
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(text, statement)
      return statement
    },
    close: () => void handle.close(),
  }
}
