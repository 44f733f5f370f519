import { setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import {
  CompiledQuery,
  SqliteDriver,
  type SqliteDatabase,
  type DatabaseConnection,
  type TransactionSettings,
} from 'kysely'

const RETRY_MS = 1
const PATIENCE_MS = 60_000

/**
 * Begins every transaction that may write with the write lock, since a read that comes first can't be turned into
 * a write while somebody else writes (SQLITE_BUSY_SNAPSHOT). While the lock is taken it waits
 * outside of SQLite: its own back-off sleeps up to 100 ms between tries and stops the process.
 */
export class ImmediateDriver extends SqliteDriver {
  readonly #handle: Sqlite.Database

  constructor(database: SqliteDatabase, handle: Sqlite.Database) {
    super({ database })
    this.#handle = handle
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode }: TransactionSettings = {},
  ): Promise<void> {
    if (accessMode === 'read only') {
      // Sees the database as it is at its first read, and keeps nobody from writing.
      await connection.executeQuery(CompiledQuery.raw('begin deferred'))
      return
    }
    const patience = performance.now() + PATIENCE_MS
    await connection.executeQuery(CompiledQuery.raw('pragma busy_timeout = 0'))
    try {
      for (;;) {
        try {
          await connection.executeQuery(CompiledQuery.raw('begin immediate'))
          return
        } catch (error) {
          if (!isBusy(error) || performance.now() > patience) throw error
          await pause(RETRY_MS)
        }
      }
    } finally {
      await connection.executeQuery(CompiledQuery.raw('pragma busy_timeout = 5000'))
    }
  }

  /** A full disk or a rule of a table may have undone it already: the error that says so is on its way. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#handle.inTransaction) await super.rollbackTransaction(connection)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
