import type { Driver } from 'kysely'
import { DeferredKeyError } from '../../../domain/words/errors.ts'
import type { PgConnection, PgDriver } from './connection.ts'
import { isRefusal } from './sql-state.ts'

/** Checks what waits for the commit, and lets later changes wait again. */
const CHECK_DEFERRED = `
  set constraints all immediate;
  do $$
  declare deferred text := (
    select string_agg(name, ', ') from (
      select format('%I.%I', nspname, conname) as name
      from pg_constraint as c join pg_namespace as n on n.oid = connamespace
      where has_schema_privilege(n.oid, 'USAGE') group by nspname, conname
      having bool_or(condeferred) and bool_and(condeferrable)) as named);
  begin
    if deferred is not null then execute 'set constraints ' || deferred || ' deferred'; end if;
  end $$`

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

  /** @throws DeferredKeyError where a commit would */
  async commitTransaction({ client }: PgConnection): Promise<void> {
    try {
      await client.query(CHECK_DEFERRED)
    } catch (error) {
      throw isRefusal(error) ? new DeferredKeyError('at the commit', { cause: error }) : error
    }
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
