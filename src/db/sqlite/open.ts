import { existsSync, mkdirSync, rmSync, statSync, type Stats } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect, type SqliteDatabase } from 'kysely'
import { InvalidInputError } from '../../domain/errors.ts'
import type { Database } from '../schema.ts'
import type { OpenOptions, Store } from '../store.ts'
import { troubleOf } from '../trouble.ts'
import { copyDatabase } from './copy.ts'
import { findDamage } from './damage.ts'
import { countRows, describeTable, listTables } from './describe.ts'
import { ImmediateDriver, type Shared } from './immediate-driver.ts'
import { openLog } from './log.ts'
import { createIndex, createTable } from './tables.ts'
import { openPostponed } from './postponed.ts'
import { preparedOnce } from './prepared.ts'
import { openReserve } from './reserve.ts'
import { openRevisions } from './revisions.ts'
import { openRowsBeside } from './rows-beside.ts'
import { openTarget } from './target.ts'
import { Turns } from './turns.ts'

/** Opens a SQLite file, which is made where it does not exist, with its folder. */
export async function openSqlite(
  file: string,
  { mustExist = false, ahead }: OpenOptions = {},
): Promise<Store> {
  if (mustExist && !existsSync(file)) {
    throw new InvalidInputError({ problem: 'no_database', database: file })
  }
  return storeOf(openFile(file), { turns: new Turns(ahead) })
}

type StoreOptions = { turns?: Turns; afterwards?: () => void }

function storeOf(
  handle: Sqlite.Database,
  { turns = new Turns(), afterwards = () => undefined }: StoreOptions = {},
): Store {
  const log = openLog(handle)
  const db = new Kysely<Database>({ dialect: new ImmediateDialect({ handle, log, turns }) })
  const opened = statSync(handle.name)
  return {
    url: `sqlite:${handle.name}`,
    ownFiles: ['', '-wal', '-shm', '-journal', '-reserve'].map((end) => handle.name + end),
    db,
    listTables: (limit) => Promise.resolve(listTables(handle, limit)),
    describeTable: (name) => Promise.resolve(describeTable(handle, name)),
    createTable: (_trx, table) => Promise.resolve(createTable(handle, table)),
    createIndex: (_trx, table, columns) => Promise.resolve(createIndex(handle, table, columns)),
    openTarget: (plan) => openTarget(handle, plan),
    openPostponed: (jobId) => openPostponed(handle, jobId),
    countRows: (table) => Promise.resolve(countRows(handle, table)),
    openRows: (plan) => openRowsBeside(handle.name, plan),
    ...openRevisions(handle),
    rehearse: (jobId) => rehearse(handle, jobId),
    copyTo: (file) => copyDatabase(handle.name, file),
    findDamage: (limit) => Promise.resolve(findDamage(handle, limit)),
    troubleOf,
    isInPlace: () => isSame(opened, statSync(handle.name, { throwIfNoEntry: false })),
    reserve: openReserve(handle.name),
    waiting: turns.waiting,
    goFirst() {
      turns.goFirst()
      log.leaveToOthers()
    },
    async close() {
      await db.destroy()
      afterwards()
    },
  }
}

function isSame(one: Stats, other: Stats | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.dev === other.dev
}

/**
 * The copy lies beside the database, where there is a disk that takes its size. It loses its name
 * as soon as it is open, so that it goes with the process however that ends. One that was killed
 * while it copied is cleared away by the next run of its job.
 */
async function rehearse(handle: Sqlite.Database, jobId: number): Promise<Store> {
  const copy = `${handle.name}-rehearsal-${jobId}`
  const remove = () =>
    ['', '-journal', '-wal'].forEach((end) => rmSync(copy + end, { force: true }))
  remove()
  try {
    await copyDatabase(handle.name, copy)
    const opened = openCopy(copy)
    // Windows keeps the name as long as the file is open.
    if (process.platform === 'win32') return storeOf(opened, { afterwards: remove })
    const store = storeOf(opened)
    remove()
    return store
  } catch (error) {
    remove()
    throw error
  }
}

/** Alone with it, SQLite needs no other file; nothing in it has to outlive a power cut. */
function openCopy(file: string): Sqlite.Database {
  const handle = new Sqlite(file)
  handle.pragma('locking_mode = exclusive')
  handle.pragma('journal_mode = memory')
  handle.pragma('synchronous = off')
  handle.pragma('foreign_keys = on')
  handle.pragma('cache_size = -16384')
  return handle
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #shared: Shared

  constructor(shared: Shared) {
    const database = preparedOnce(shared.handle)
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
}

/**
 * SQLite does undo what was done to tables. So all migrations are one transaction: one that was
 * killed left nothing, and of processes that open a new database at once, one makes its tables.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

function openFile(file: string): Sqlite.Database {
  try {
    if (file !== ':memory:') mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
    // A wait inside SQLite would stop the whole process; ImmediateDriver waits outside of it.
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
