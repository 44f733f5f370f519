import Sqlite from 'better-sqlite3'
import {
  CompiledQuery,
  SqliteDriver,
  type SqliteDatabase,
  type DatabaseConnection,
  type TransactionSettings,
} from 'kysely'
import { DeferredKeyError } from '../../../domain/words/errors.ts'
import type { Log } from './wal.ts'
import type { DatabasePlace } from './place.ts'
import { LockTakenError, type WriteLockQueue } from './write-lock-queue.ts'

/** A connection, and the state that it shares with others. */
export type ConnectionParts = {
  handle: Sqlite.Database
  log: Log
  turns: WriteLockQueue
  place: DatabasePlace
}

/**
 * Begins every transaction that may write with BEGIN IMMEDIATE, since a read transaction can't be
 * upgraded after another connection has written (SQLITE_BUSY_SNAPSHOT). It waits for the write lock
 * outside of SQLite, whose own back-off sleeps up to 100 ms between tries and blocks the process. A
 * transaction declared as writing is tried once: see `WaitingKysely`.
 */
export class ImmediateDriver extends SqliteDriver {
  readonly #shared: ConnectionParts

  constructor(database: SqliteDatabase, shared: ConnectionParts) {
    super({ database })
    this.#shared = shared
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode }: TransactionSettings = {},
  ): Promise<void> {
    const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement))
    if (accessMode === 'read only') {
      // Its snapshot is taken at its first read, and it blocks no writer.
      await run('begin deferred')
      return
    }
    const begin = async () => {
      await run('pragma busy_timeout = 0')
      try {
        this.#shared.turns.require()
        await run('begin immediate')
      } catch (error) {
        throw isBusy(error) ? new LockTakenError('at the beginning', { cause: error }) : error
      } finally {
        await run('pragma busy_timeout = 5000')
      }
    }
    await (accessMode === undefined ? this.#shared.turns.take(begin) : begin())
  }

  /**
   * @throws DatabaseLostError where the commit would be lost
   * @throws DeferredKeyError
   */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#shared.place.require()
    try {
      await super.commitTransaction(connection)
    } catch (error) {
      throw isForeignKey(error) ? new DeferredKeyError('at the commit', { cause: error }) : error
    }
    await this.#shared.log.checkpointWal()
  }

  /** Skipped where a full disk or table rule has rolled back: that error is being reported. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#shared.handle.inTransaction) await super.rollbackTransaction(connection)
  }
}

function isForeignKey(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY'
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
