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
import { isRefusal } from './sql-state.ts'

/** A pooled connection: for Kysely's statements, and with its client for COPY. */
export class PgConnection implements DatabaseConnection {
  readonly client: PoolClient
  /** Set where its state is unknown: it is then closed instead of returned to the pool. */
  isDoubtful = false

  constructor(client: PoolClient) {
    this.client = client
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await this.client.query(sql, [...parameters])
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  streamQuery(): never {
    throw new Error('rows are streamed by COPY')
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

/** A driver whose pooled connections each have the session settings. */
export class PgDriver implements Driver {
  readonly #pool: Pool
  readonly #session: string
  readonly #connections = new WeakMap<PoolClient, PgConnection>()

  constructor(pool: Pool, session: string) {
    this.#pool = pool
    this.#session = session
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  async acquireConnection(): Promise<PgConnection> {
    const client = await this.#pool.connect()
    const known = this.#connections.get(client)
    if (known !== undefined) return known
    try {
      await client.query(this.#session)
    } catch (error) {
      client.release(true)
      throw error
    }
    const connection = new PgConnection(client)
    this.#connections.set(client, connection)
    return connection
  }

  async beginTransaction(
    { client }: PgConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const level = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`
    await client.query(`begin${level}${accessMode === undefined ? '' : ` ${accessMode}`}`)
  }

  /** @throws DeferredKeyError */
  async commitTransaction({ client }: PgConnection): Promise<void> {
    try {
      // COMMIT of a failed transaction raises no error, but reports ROLLBACK.
      const { command } = await client.query('commit')
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

  releaseConnection({ client, isDoubtful }: PgConnection): Promise<void> {
    client.release(isDoubtful)
    return Promise.resolve()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}
