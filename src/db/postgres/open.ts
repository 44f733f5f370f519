import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { shownUrl } from '../shown-url.ts'
import type { Db, OpenOptions, Store } from '../store.ts'
import { addressOf, type PgAddress } from './ground/address.ts'
import { homeOf, PUBLIC } from './ground/home.ts'
import { quoteName } from './ground/names.ts'
import { RehearsalDriver } from './ground/rehearsal.ts'
import {
  connect,
  databaseOf,
  makeSchema,
  probe,
  requireSearchPath,
  requireServer,
  type Connected,
} from './opening/connect.ts'
import { explain } from './opening/explain.ts'
import { openWorkerSession } from './opening/worker-session.ts'
import type { OwnPlace } from './own/kind.ts'
import { openRows } from './rows/open-rows.ts'
import { openRevisions } from './tables/revisions.ts'
import { requireRightsOf } from './statements/operations.ts'
import { openPostponed } from './target/references/postponed.ts'
import { openTarget } from './target/target.ts'
import { keptChanges } from './tables/kept-changes.ts'
import { TABLES } from './tables/tables-of.ts'

const MOST_CONNECTIONS = 10

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
  { mustExist = false, process, most = MOST_CONNECTIONS }: Opening,
): Promise<Store> {
  const wanted = addressOf(url)
  let connected: Connected | undefined
  try {
    const address = await probe(wanted, process)
    connected = connect(address, { process, options: { max: most } })
    const { db } = connected
    await requireServer(db, address)
    await requireSearchPath(db, address)
    const isThere = await hasOwnTables(db, address)
    if (mustExist && !isThere) {
      throw new InvalidInputError({ problem: 'no_jobs_there', database: shownUrl(url) })
    }
    if (!isThere && address.schema !== undefined) await makeSchema(db, address.schema)
    const place = { schema: address.schema, isAtHome: (await homeOf(db)) === PUBLIC }
    const { driver } = connected
    return storeOf({ url, process, address, place, driver, db: databaseOf(driver, place) })
  } catch (error) {
    await connected?.db.destroy()
    throw explain(error, wanted)
  }
}

type Opening = OpenOptions & { process: string }

async function hasOwnTables(db: Db, { schema }: PgAddress): Promise<boolean> {
  const prefix = schema === undefined ? '' : `${quoteName(schema)}.`
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass(${`${prefix}tallyman_migration`}) is not null as "isThere"`.execute(db)
  return rows[0]?.isThere === true
}

type Opened = Connected & { url: string; process: string; address: PgAddress; place: OwnPlace }

function storeOf(opened: Opened): Store {
  const { url, process, address, db, driver } = opened
  return {
    url,
    process,
    db,
    batches: BATCHES,
    tables: TABLES,
    openTarget,
    requireRights: requireRightsOf,
    keptChanges,
    openPostponed,
    openRows: (plan) => openRows(db, driver, plan),
    ...openRevisions(db),
    rehearse: () => Promise.resolve(rehearse(opened)),
    takesWrites: (patienceMs) => takesWrites(db, patienceMs),
    openSession: (wake) => openWorkerSession(address, process, wake),
    cutConnections: () => driver.cutAll(),
    explain: (error) => explain(error, address),
    file: undefined,
    close: () => db.destroy(),
  }
}

/** Closing it rolls everything back, except that triggers have run and sequences have advanced. */
function rehearse(opened: Opened): Store {
  return storeOf({ ...opened, db: databaseOf(new RehearsalDriver(opened.driver), opened.place) })
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
