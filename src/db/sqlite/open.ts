import { existsSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql, SqliteAdapter, SqliteDialect, type Kysely, type SqliteDatabase } from 'kysely'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { KindAdapter } from '../kind.ts'
import type { OpenOptions, SourceBytes, Store } from '../store.ts'
import { openCopies, type Copies } from './connection/copies.ts'
import { copyDatabase } from './connection/copy.ts'
import { findDamage } from './connection/damage.ts'
import { ImmediateDriver, type Shared } from './connection/immediate-driver.ts'
import { openLog } from './connection/wal.ts'
import { NamesOfTables } from '../names-of-tables.ts'
import { numbersGiven } from './rows/numbers-given.ts'
import { tablesOf } from './tables/tables-of.ts'
import { makeFile, makeFolder } from './connection/own-files.ts'
import { NOWHERE, placeOf } from './connection/place.ts'
import { openPostponed } from './target/references/postponed.ts'
import { cachedStatement } from './statements/statement-cache.ts'
import { openReserve } from './connection/emergency-space.ts'
import { openRevisions } from './tables/revisions.ts'
import { SQLITE } from './own/kind.ts'
import { openRowsBeside } from './rows/threaded-reader.ts'
import { openTarget } from './target/target.ts'
import { WriteLockQueue } from './connection/write-lock-queue.ts'
import { usable } from './tables/usable.ts'
import { WaitingKysely } from './connection/waiting-kysely.ts'
import { probeWrites } from './connection/write-probe.ts'

/** Opens a SQLite file; creates it and its folder where missing. */
export async function openSqlite(
  file: string,
  { mustExist = false, goesFirst = false, ahead }: OpenOptions = {},
): Promise<Store> {
  if (mustExist && !existsSync(file)) {
    throw new InvalidInputError({ problem: 'no_database', database: file })
  }
  return storeOf(openFile(file), { turns: new WriteLockQueue(ahead), goesFirst })
}

type StoreOptions = {
  turns?: WriteLockQueue
  goesFirst?: boolean
  isCopy?: boolean
  afterwards?: () => void
}

function storeOf(
  handle: Sqlite.Database,
  {
    turns = new WriteLockQueue(),
    goesFirst = false,
    isCopy = false,
    afterwards = () => undefined,
  }: StoreOptions = {},
): Store {
  const url = `sqlite:${handle.name}`
  const log = openLog(handle)
  const copies = openCopies(handle.name)
  const place = isCopy ? NOWHERE : placeOf(handle, url)
  const db = new WaitingKysely(new ImmediateDialect({ handle, log, turns, place }), turns)
  if (goesFirst) {
    turns.goFirst()
    log.leaveToOthers()
  }
  return {
    url,
    db,
    batches: BATCHES,
    tables: tablesOf(handle),
    openTarget: (plan) => usable(handle, plan.table.name, () => openTarget(handle, plan)),
    openPostponed: (jobId) => openPostponed(handle, jobId),
    openRows: (plan) => openRowsBeside(handle.name, plan),
    ...openRevisions(handle),
    rehearse: (jobId, reading) => rehearse(handle, copies, jobId, reading),
    numbersGiven: () => Promise.resolve(numbersGiven(handle)),
    takesWrites: (patienceMs) => probeWrites(handle.name, patienceMs),
    file: {
      names: ['', '-wal', '-shm', '-journal', '-reserve'].map((end) => handle.name + end),
      beside: handle.name,
      isInPlace: place.isHeld,
      copyTo: (file) => copyDatabase(handle.name, file),
      copies,
      findDamage: (limit) => Promise.resolve(findDamage(handle, limit)),
      reserve: openReserve(handle.name),
      waiting: turns.waiting,
    },
    async close() {
      await db.destroy()
      afterwards()
    },
  }
}

/**
 * The rehearsal copy is beside the database, on a disk that has room for its size. Its path is
 * removed as soon as it is open, so that it disappears with the process however that ends.
 */
async function rehearse(
  handle: Sqlite.Database,
  copies: Copies,
  jobId: number,
  reading: SourceBytes,
): Promise<Store> {
  const copy = copies.pathOf(jobId)
  const remove = () => copies.remove(jobId)
  remove()
  try {
    await copyDatabase(handle.name, copy, reading)
    const opened = openCopy(copy)
    // Windows can't remove the path of an open file.
    if (process.platform === 'win32') return storeOf(opened, { isCopy: true, afterwards: remove })
    const store = storeOf(opened, { isCopy: true })
    remove()
    return store
  } catch (error) {
    remove()
    throw error
  }
}

/** With an exclusive lock SQLite needs no other file, and the copy need not survive a power cut. */
function openCopy(file: string): Sqlite.Database {
  const handle = new Sqlite(file)
  handle.pragma('locking_mode = exclusive')
  handle.pragma('journal_mode = memory')
  handle.pragma('synchronous = off')
  handle.pragma('foreign_keys = on')
  handle.pragma('cache_size = -16384')
  return handle
}

/**
 * Interactive requests wait for the write lock, which each polls every millisecond and would never
 * get without a pause. A synchronous database gives signals and timers no turn, and nothing happens
 * beside it.
 */
const BATCHES = { milliseconds: 30, pauseMs: 1, bytes: 1024 * 1024, chunksAhead: 0 }

const TABLES = sql<{ name: string }>`select name from sqlite_master where type = 'table'`

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #shared: Shared

  constructor(shared: Shared) {
    const database = cachedStatement(shared.handle)
    super({ database })
    this.#database = database
    this.#shared = shared
  }

  override createDriver() {
    return new ImmediateDriver(this.#database, this.#shared)
  }

  override createAdapter() {
    return new TransactionalAdapter()
  }

  override createIntrospector(db: Kysely<unknown>) {
    return new NamesOfTables(db, TABLES)
  }
}

/**
 * SQLite's DDL is transactional. So all migrations run in one transaction: a killed migration
 * leaves nothing, and of processes that open a new database at once, one creates its tables.
 */
class TransactionalAdapter extends SqliteAdapter implements KindAdapter {
  readonly kind = SQLITE

  override get supportsTransactionalDdl() {
    return true
  }
}

function openFile(file: string): Sqlite.Database {
  try {
    if (file !== ':memory:') {
      makeFolder(path.dirname(path.resolve(file)))
      makeFile(file)
    }
    // A wait inside SQLite would block the whole process; ImmediateDriver waits outside of it.
    const handle = new Sqlite(file, { timeout: 5_000 })
    handle.pragma('journal_mode = wal')
    handle.pragma('synchronous = normal')
    handle.pragma('foreign_keys = on')
    handle.pragma('cache_size = -16384')
    return handle
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError(
      { problem: 'database_unusable', database: file, detail },
      { cause: error },
    )
  }
}
