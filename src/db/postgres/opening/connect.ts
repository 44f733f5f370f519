import { Kysely, sql } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Database } from '../../schema.ts'
import type { Db } from '../../store.ts'
import { withoutTls, type PgAddress } from '../ground/address.ts'
import { PgDriver, type Prepare } from '../ground/connection.ts'
import { PgDialect } from '../ground/dialect.ts'
import { quoteName } from '../ground/names.ts'
import { prepareSession } from '../ground/session-settings.ts'
import { VALUE_TYPES } from '../ground/value-types.ts'
import { kindIn } from '../own/kind.ts'
import { changesSessions } from './pooler.ts'

const OLDEST = 130_000

export type Connected = { db: Db; driver: PgDriver }

type Connecting = {
  process: string
  /** More of the pool's options. */
  options?: PoolConfig
  /** Called with each new session after it has its settings. */
  also?: Prepare
}

/** A pool of sessions that bear the process's name; none is opened yet. */
export function connect(address: PgAddress, { process, options, also }: Connecting): Connected {
  const pool = new Pool({ ...configOf(address, process), types: VALUE_TYPES, ...options })
  // A lost idle connection is replaced; one in use reports the error to its user.
  pool.on('error', () => undefined)
  const driver = new PgDriver(pool, async (client) => {
    await prepareSession(client, address)
    await also?.(client)
  })
  const dialect = new PgDialect(driver, kindIn(address.schema))
  return { db: new Kysely<Database>({ dialect }), driver }
}

/**
 * The address that is really connected with.
 * @throws InvalidInputError where the server is too old, or a pool in between changes sessions
 */
export async function probe(address: PgAddress, process: string): Promise<PgAddress> {
  const config = configOf(address, process)
  try {
    if (await changesSessions(config)) {
      throw new InvalidInputError({ problem: 'pooled_by_transaction', host: address.host })
    }
    return address
  } catch (error) {
    const isPlain = error instanceof Error && error.message.includes('does not support SSL')
    if (isPlain && address.prefersTls) return withoutTls(address)
    throw error
  }
}

/** @throws InvalidInputError */
export async function requireVersion(db: Db, { host }: PgAddress): Promise<void> {
  const { rows } = await sql<{ number: number; version: string }>`
    select current_setting('server_version_num')::int as number,
           current_setting('server_version') as version`.execute(db)
  const { number = 0, version = '' } = rows[0] ?? {}
  if (number < OLDEST) throw new InvalidInputError({ problem: 'server_too_old', host, version })
}

/** Makes the schema of Tallyman's tables where it is missing. */
export async function makeSchema(db: Db, schema: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db)
  // Without the right to make one, somebody else can have made it.
  if (rows.length > 0) return
  await sql.raw(`create schema if not exists ${quoteName(schema)}`).execute(db)
}

function configOf({ url, connectSeconds }: PgAddress, process: string): PoolConfig {
  return {
    connectionString: url,
    application_name: process,
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}
