import type { Driver } from 'kysely'
import type { PgConnection, PgDriver } from './connection.ts'

/**
 * A single connection whose transaction is rolled back when it is closed; transactions inside
 * become savepoints. Callers queue for the connection.
 */
export class RehearsalDriver implements Driver {
  readonly #driver: PgDriver
  #connection: PgConnection | undefined
  #free: Promise<void> = Promise.resolve()
  #release: () => void = () => undefined

  constructor(driver: PgDriver) {
    this.#driver = driver
  }

  async init(): Promise<void> {
    const connection = await this.#driver.acquireConnection()
    await this.#driver.beginTransaction(connection, {})
    this.#connection = connection
  }

  async acquireConnection(): Promise<PgConnection> {
    const free = this.#free
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#free = promise
    await free
    this.#release = resolve
    if (this.#connection === undefined) throw new Error('the rehearsal is over')
    return this.#connection
  }

  releaseConnection(): Promise<void> {
    this.#release()
    return Promise.resolve()
  }

  async beginTransaction({ client }: PgConnection): Promise<void> {
    await client.query('savepoint tallyman_rehearsed')
  }

  async commitTransaction({ client }: PgConnection): Promise<void> {
    await client.query('release savepoint tallyman_rehearsed')
  }

  async rollbackTransaction({ client }: PgConnection): Promise<void> {
    await client.query(
      'rollback to savepoint tallyman_rehearsed; release savepoint tallyman_rehearsed',
    )
  }

  async destroy(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    if (connection === undefined) return
    try {
      await this.#driver.rollbackTransaction(connection)
    } finally {
      await this.#driver.releaseConnection(connection)
    }
  }
}
