import { existsSync } from 'node:fs'
import { platform } from 'node:os'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { OpenOptions, SourceBytes, Store } from '../store.ts'
import { openCopies, type Copies } from './connection/copies.ts'
import { copyDatabase } from './connection/copy.ts'
import { findDamage } from './connection/integrity-check.ts'
import { openLog } from './connection/wal.ts'
import { openCopy } from './connection/open-copy.ts'
import { tablesOf } from './tables/tables-of.ts'
import { makeFile, makeFolder } from './connection/own-files.ts'
import { NOWHERE, databasePlaceOf } from './connection/place.ts'
import { openPostponed } from './target/references/postponed.ts'
import { openEmergencySpace } from './connection/emergency-space.ts'
import { openRevisions } from './tables/revisions.ts'
import { noSession } from './own/no-session.ts'
import { openRowsBeside } from './rows/threaded-reader.ts'
import { openTarget } from './target/target.ts'
import { WriteLockQueue } from './connection/write-lock-queue.ts'
import { usable } from './tables/usable.ts'
import { WaitingKysely } from './connection/waiting-kysely.ts'
import { probeWrites } from './connection/write-probe.ts'
import { ImmediateDialect } from './dialect.ts'

/** The endings of the files that SQLite keeps beside a database. */
const SIDE_FILES = ['-wal', '-shm', '-journal']

/** Opens a SQLite file; creates it and its folder where missing. */
export async function openSqlite(
  file: string,
  { mustExist = false, priority, process = '' }: OpenOptions = {},
): Promise<Store> {
  if (mustExist && !existsSync(file)) {
    throw new InvalidInputError({ problem: 'no_database', database: file })
  }
  const ahead = typeof priority === 'object' ? priority.after : undefined
  const turns = new WriteLockQueue(ahead)
  return storeOf(openFile(file), { process, turns, goesFirst: priority === 'first' })
}

type StoreOptions = {
  process: string
  turns?: WriteLockQueue
  goesFirst?: boolean
  isCopy?: boolean
  afterwards?: () => void
}

function storeOf(
  handle: Sqlite.Database,
  {
    process,
    turns = new WriteLockQueue(),
    goesFirst = false,
    isCopy = false,
    afterwards = () => undefined,
  }: StoreOptions,
): Store {
  const url = `sqlite:${handle.name}`
  const log = openLog(handle)
  const copies = openCopies(handle.name)
  const place = isCopy ? NOWHERE : databasePlaceOf(handle, url)
  const db = new WaitingKysely(new ImmediateDialect({ handle, log, turns, place }), turns)
  if (goesFirst) {
    turns.takePriority()
    log.leaveToOthers()
  }
  return {
    url,
    process,
    db,
    batches: BATCHES,
    tables: tablesOf(handle),
    openTarget: (plan) => usable(handle, plan.table.name, () => openTarget(handle, plan)),
    // Who may open the file may do all.
    requireRights: () => Promise.resolve(),
    // A dry run writes into a copy.
    keptChanges: () => Promise.resolve({ sequences: [], triggers: [] }),
    openPostponed: (jobId) => openPostponed(handle, jobId),
    openRows: (plan) => openRowsBeside(handle.name, plan),
    ...openRevisions(handle),
    rehearse: (jobId, reading) => rehearse(handle, { process, copies, jobId }, reading),
    takesWrites: (patienceMs) => probeWrites(handle.name, patienceMs),
    openSession: () => noSession(db),
    cutConnections: () => undefined,
    explain: (error) => error,
    file: {
      names: ['', ...SIDE_FILES, '-reserve'].map((end) => handle.name + end),
      beside: handle.name,
      isInPlace: place.isHeld,
      besideCopy: (path) => SIDE_FILES.map((end) => path + end),
      copyTo: (file) => copyDatabase(handle.name, file),
      copies,
      findDamage: (limit) => Promise.resolve(findDamage(handle, limit)),
      emergencySpace: openEmergencySpace(handle.name),
      writers: turns.waiting,
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
  { process, copies, jobId }: { process: string; copies: Copies; jobId: number },
  reading: SourceBytes,
): Promise<Store> {
  const copy = copies.pathOf(jobId)
  const remove = () => copies.remove(jobId)
  remove()
  try {
    await copyDatabase(handle.name, copy, reading)
    const opened = openCopy(copy)
    // Windows can't remove the path of an open file.
    if (platform() === 'win32') {
      return storeOf(opened, { process, isCopy: true, afterwards: remove })
    }
    const store = storeOf(opened, { process, isCopy: true })
    remove()
    return store
  } catch (error) {
    remove()
    throw error
  }
}

/**
 * Interactive requests wait for the write lock, which each polls every millisecond and would never
 * get without a pause. A synchronous database gives signals and timers no turn, and nothing happens
 * beside it.
 */
const BATCHES = { milliseconds: 30, pauseMs: 1, bytes: 1024 * 1024, chunksAhead: 0 }

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
