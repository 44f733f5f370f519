import { Kysely, sql, type Driver } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Database } from '../../schema.ts'
import type { Db } from '../../store.ts'
import { withoutTls, type PgAddress } from '../ground/address.ts'
import { PgDriver, type Prepare } from '../ground/connection.ts'
import { PgDialect } from '../ground/dialect.ts'
import { quoteName, schemasIn } from '../ground/names.ts'
import { prepareSession } from '../ground/session-settings.ts'
import { VALUE_TYPES } from '../ground/value-types.ts'
import { kindIn, type OwnPlace } from '../own/kind.ts'
import { changesSessions } from './pooler.ts'

const OLDEST = 130_000
const ENCODINGS = ['UTF8', 'SQL_ASCII']

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
  return { db: databaseOf(driver, { ...address, isAtHome: true }), driver }
}

export function databaseOf(driver: Driver, place: OwnPlace): Db {
  return new Kysely<Database>({ dialect: new PgDialect(driver, kindIn(place)) })
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

/**
 * Texts of Tallyman's own have characters of any language. SQL_ASCII keeps all bytes as they come.
 * @throws InvalidInputError
 */
export async function requireServer(db: Db, { host }: PgAddress): Promise<void> {
  const { rows } = await sql<{ number: number; version: string; encoding: string }>`
    select current_setting('server_version_num')::int as number,
           current_setting('server_version') as version,
           current_setting('server_encoding') as encoding`.execute(db)
  const { number = 0, version = '', encoding = '' } = rows[0] ?? {}
  if (number < OLDEST) throw new InvalidInputError({ problem: 'server_too_old', host, version })
  if (ENCODINGS.includes(encoding)) return
  throw new InvalidInputError({ problem: 'server_encoding', host, encoding })
}

/**
 * A schema that is missing would be passed over, and tables looked for and made in the next one.
 * @throws InvalidInputError
 */
export async function requireSearchPath(db: Db, { searchPath, user }: PgAddress): Promise<void> {
  if (searchPath === undefined) return
  const named = schemasIn(searchPath).filter((name) => name !== '$user')
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${named}::text[]) with ordinality as named (name, place)
    where not exists (select from pg_namespace
                      where nspname = name and has_schema_privilege(oid, 'USAGE'))
    order by place limit 1`.execute(db)
  const [missing] = rows
  if (missing === undefined) return
  throw new InvalidInputError({ problem: 'no_schema_in_path', schema: missing.name, user })
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
