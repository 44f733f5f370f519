import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { DeferredKeyError } from '../../../domain/words/errors.ts'
import type { Db, Trx } from '../../store.ts'
import { CONNECTION_LOST } from './lost.ts'
import { isRefusal, isSessionOver } from './sql-state.ts'

/** A pooled connection: for Kysely's statements, and with its client for COPY. */
export class PgConnection implements DatabaseConnection {
  readonly client: PoolClient
  /** Set where its state is unknown: it is then closed instead of returned to the pool. */
  isDoubtful = false

  constructor(client: PoolClient) {
    this.client = client
    // Whatever the socket's error is, the connection is lost with it. The statement under way gets
    // this very error, in the next tick.
    client.connection.stream.on('error', (error) => void Object.assign(error, CONNECTION_LOST))
    // The pool listens while it is idle; without a listener an error would end the process.
    client.on('error', () => undefined)
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await this.doubting(() => this.client.query(sql, [...parameters]))
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  /** After anything but the refusal of a statement, nobody else gets the connection. */
  async doubting<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (isSessionOver(error)) this.isDoubtful = true
      throw error
    }
  }

  streamQuery(): never {
    throw new Error('rows are streamed by COPY')
  }

  /** Loses the connection: the statement under way fails at once. */
  cut(): void {
    this.isDoubtful = true
    this.client.connection.stream.destroy()
  }
}

/** Runs work on the transaction's connection, or on one from the pool. */
export async function onConnection<Result>(
  db: Db | Trx,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return await db.getExecutor().provideConnection(async (connection) => {
    if (!(connection instanceof PgConnection)) throw new Error('the connection is none of the pool')
    return await work(connection.client)
  })
}

/** Called once with each new connection: the settings of its session. */
export type Prepare = (client: PoolClient) => Promise<void>

/** A driver whose pooled connections are each prepared. */
export class PgDriver implements Driver {
  readonly #pool: Pool
  readonly #prepare: Prepare
  readonly #connections = new WeakMap<PoolClient, PgConnection>()
  readonly #inUse = new Set<PgConnection>()

  constructor(pool: Pool, prepare: Prepare) {
    this.#pool = pool
    this.#prepare = prepare
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  async acquireConnection(): Promise<PgConnection> {
    const client = await this.#connect()
    const connection = this.#connections.get(client) ?? (await this.#prepared(client))
    this.#inUse.add(connection)
    return connection
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      // What the server itself says has a code of its own.
      if (error instanceof Error && !('severity' in error)) Object.assign(error, CONNECTION_LOST)
      throw error
    }
  }

  async #prepared(client: PoolClient): Promise<PgConnection> {
    const connection = new PgConnection(client)
    try {
      await this.#prepare(client)
    } catch (error) {
      client.release(true)
      throw error
    }
    this.#connections.set(client, connection)
    return connection
  }

  /** Loses all connections that are in use. */
  cutAll(): void {
    for (const connection of this.#inUse) connection.cut()
  }

  async beginTransaction(
    connection: PgConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const level = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`
    const begin = `begin${level}${accessMode === undefined ? '' : ` ${accessMode}`}`
    await connection.doubting(() => connection.client.query(begin))
  }

  /** @throws DeferredKeyError */
  async commitTransaction(connection: PgConnection): Promise<void> {
    try {
      // COMMIT of a failed transaction raises no error, but reports ROLLBACK.
      const { command } = await connection.doubting(() => connection.client.query('commit'))
      if (command === 'ROLLBACK') throw new AbortedTransactionError()
    } catch (error) {
      throw isRefusal(error) ? new DeferredKeyError('at the commit', { cause: error }) : error
    }
  }

  async rollbackTransaction(connection: PgConnection): Promise<void> {
    try {
      await connection.client.query('rollback')
    } catch (error) {
      connection.isDoubtful = true
      throw error
    }
  }

  releaseConnection(connection: PgConnection): Promise<void> {
    this.#inUse.delete(connection)
    connection.client.release(connection.isDoubtful)
    return Promise.resolve()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}
