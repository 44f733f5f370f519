import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { Pool } from 'pg'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { shownUrl } from '../shown-url.ts'
import type { Database } from '../schema.ts'
import type { Db, OpenOptions, Store } from '../store.ts'
import { PgDriver } from './ground/connection.ts'
import { PgDialect } from './ground/dialect.ts'
import { RehearsalDriver } from './ground/rehearsal.ts'
import { VALUE_TYPES } from './ground/value-types.ts'
import { openRows } from './rows/open-rows.ts'
import { openRevisions } from './tables/revisions.ts'
import { openPostponed } from './target/references/postponed.ts'
import { openTarget } from './target/target.ts'
import { TABLES } from './tables/tables-of.ts'

const MOST_CONNECTIONS = 10
/**
 * Times are compared as texts in UTC, whatever the server's time zone and locale; and sequential
 * scans start at the table's beginning, even while others scan it.
 */
const SESSION = `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'iso_8601';
  set synchronize_seqscans = off`

/** No request waits for a batch; it is as short as a request to stop should wait. */
const BATCHES = {
  milliseconds: 250,
  pauseMs: 0,
  bytes: 4 * 1024 * 1024,
  chunksAhead: 1,
}

/**
 * Opens an existing PostgreSQL database: Tallyman creates its tables, not the database.
 * @throws InvalidInputError when it can't be reached, or must have Tallyman's tables and lacks them
 */
export async function openPostgres(
  url: string,
  { mustExist = false }: OpenOptions = {},
): Promise<Store> {
  const { db, driver } = connect(url)
  try {
    const isThere = await hasOwnTables(db)
    if (mustExist && !isThere) {
      throw new InvalidInputError({ problem: 'no_database', database: shownUrl(url) })
    }
    return storeOf(url, db, driver)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

function connect(url: string): { db: Db; driver: PgDriver } {
  const pool = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    application_name: 'tallyman',
    keepAlive: true,
    types: VALUE_TYPES,
  })
  // A lost idle connection is replaced; one in use reports the error to its user.
  pool.on('error', () => undefined)
  const driver = new PgDriver(pool, SESSION)
  return { db: new Kysely<Database>({ dialect: new PgDialect(driver) }), driver }
}

async function hasOwnTables(db: Db): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('tallyman_migration') is not null as "isThere"`.execute(db)
  return rows[0]?.isThere === true
}

function storeOf(url: string, db: Db, driver: PgDriver): Store {
  return {
    url,
    db,
    batches: BATCHES,
    tables: TABLES,
    openTarget,
    openPostponed: (jobId) => openPostponed(db, jobId),
    openRows: (plan) => openRows(db, driver, plan),
    ...openRevisions(db),
    rehearse: () => Promise.resolve(rehearse(url, driver)),
    numbersGiven: () => Promise.resolve(undefined),
    takesWrites: (patienceMs) => takesWrites(db, patienceMs),
    file: undefined,
    close: () => db.destroy(),
  }
}

/** Closing it rolls everything back, except that triggers have run and sequences have advanced. */
function rehearse(url: string, driver: PgDriver): Store {
  const dialect = new PgDialect(new RehearsalDriver(driver))
  return storeOf(url, new Kysely<Database>({ dialect }), driver)
}

/** False for a server in recovery, or one that does not answer in time. */
async function takesWrites(db: Db, patienceMs: number): Promise<boolean> {
  const answer = sql<{ takes: boolean }>`
    select not pg_is_in_recovery() and not current_setting('transaction_read_only')::bool as takes`
  const over = new AbortController()
  const late = pause(patienceMs, false, { signal: over.signal }).catch(() => false)
  try {
    return await Promise.race([
      answer.execute(db).then(({ rows }) => rows[0]?.takes === true),
      late,
    ])
  } finally {
    over.abort()
  }
}
