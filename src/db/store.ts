import type { Kysely, Transaction } from 'kysely'
import type {
  WritePlan,
  KeptChanges,
  Attempt,
  RecordOutcome,
  Row,
  WantedRow,
  WantedValues,
  Writes,
} from '../domain/records/record.ts'
import type { FieldAgainst } from '../domain/records/rows-wanted.ts'
import type { BatchLimits } from '../domain/jobs/batch.ts'
import type { LatestChange, WantedChanges } from '../domain/records/change-window.ts'
import type { ListedValues, MadeType, TableInfo, Typing } from '../domain/records/table.ts'
import type { ExportRows, ReadPlan } from './export-rows.ts'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>

/** Cancellation and progress for a caller that waits for a read or copy. */
export type SourceBytes = {
  /** When aborted, the work in progress stops with the signal's reason. */
  stopSignal?: AbortSignal | undefined
  /** Called after each piece. */
  progressed?: (() => void) | undefined
}

/** The user's tables and views. Calls inside a transaction see its changes. */
export type Tables = {
  typing: Typing
  /** Tables by name, at most `limit`. */
  list(db: Db | Trx, limit: number): Promise<TableName[]>
  /**
   * Columns, keys and indexes of a table or view; undefined where the name does not exist.
   * @throws UnusableError where the database can't compile its definition; so do the methods below
   */
  describe(db: Db | Trx, name: string): Promise<TableInfo | undefined>
  hasRows(db: Db | Trx, name: string): Promise<boolean>
  /** The cells of the row with these values, as texts of the database; undefined if there is none. */
  findRow(db: Db | Trx, name: string, wanted: WantedRow): Promise<(string | null)[] | undefined>
  count(db: Db | Trx, name: string): Promise<number>
  /** Which of these values, as texts, a column of the table has. */
  existing(db: Db | Trx, name: string, wanted: WantedValues): Promise<Set<string>>
  /** By column, the values that the definition lists, or some that foreign keys refer to. */
  listed(db: Db | Trx, name: string): Promise<ListedValues>
  referred(db: Db | Trx, name: string, keys: string[][]): Promise<ListedValues>
  /** Up to where what changed in a table or view is complete, by a field that says when. */
  latestChange(db: Db | Trx, name: string, wanted: WantedChanges): Promise<LatestChange>
  /** Check that the rows of a table or view can be read, and a field be compared with a value. */
  requireReadable(db: Db | Trx, name: string, columns: string[]): Promise<void>
  requireComparable(db: Db | Trx, name: string, wanted: FieldAgainst): Promise<void>
  /** Checks that there is a place for a table of this name. @throws UnusableError */
  requirePlace(db: Db | Trx, name: string): Promise<void>
  create(trx: Trx, table: NewTable): Promise<void>
  /**
   * Rebuilds a table that a job created with wider types for these columns; values keep their text.
   * @returns false where the row count differs, or something else uses the table
   */
  widen(trx: Trx, wider: WiderTable): Promise<boolean>
  /** @returns the index name */
  createIndex(trx: Trx, name: string, columns: string[]): Promise<string>
}

/** How many writers of a store wait at the moment, as threads share it. */
export type WaitingWriters = SharedArrayBuffer

/** Operations of a database that is a local file. */
export type DatabaseFile = {
  /** Paths of the database's files: no other file may use them. */
  names: string[]
  /** Prefix of the paths of all files that Tallyman keeps beside the database. */
  beside: string
  /** Whether the opened file is still at its path. */
  isInPlace(): boolean
  /** Copies the database as it is now to a new file, while others write. */
  copyTo(file: string): Promise<void>
  /** Rehearsal copies of dry runs that still have a path: not copied yet, or killed meanwhile. */
  copies: { list(): number[]; remove(jobId: number): void }
  /** Paths of the files that the database would keep beside a copy of itself at this path. */
  besideCopy(path: string): string[]
  /** The integrity check's findings, in the database's own words, at most `limit`. */
  findDamage(limit: number): Promise<string[]>
  /** Disk space reserved so that the end of a job can be written when the disk is full. */
  emergencySpace: { keep(): void; release(): boolean }
  /** For a thread of this process whose writes come after those of this store. */
  writers: WaitingWriters
}

/** An open database: Tallyman's own tables through Kysely, the user's tables through the rest. */
export type Store = {
  /** The URL with which another process or thread opens it. */
  url: string
  /** The name of this process, which its sessions bear; another one at each start. */
  process: string
  db: Db
  batches: BatchLimits
  tables: Tables
  openTarget(plan: WritePlan): Target
  /** @throws UnusableError where the user lacks a right that the writes take */
  requireRights(db: Db | Trx, writes: Writes): Promise<void>
  /** What of a dry run's writes stays although it is undone. */
  keptChanges(db: Db | Trx, writes: Writes): Promise<KeptChanges>
  openPostponed(jobId: number): PostponedRecords
  /** Reads a table's rows in a stable order, from after a position. */
  openRows(plan: ReadPlan): ExportRows
  /** The job's revision, by a prepared statement, since pages poll it. */
  revisionOf(id: number): Promise<number | undefined>
  /** Revisions of those of these jobs that exist. */
  revisionsOf(ids: number[]): Promise<Map<number, number>>
  /** A copy of the whole database where a job's dry run may write anything; deleted when closed. */
  rehearse(jobId: number, reading: SourceBytes): Promise<Store>
  /** Whether a write can start within `patienceMs` milliseconds. */
  takesWrites(patienceMs: number): Promise<boolean>
  /** Opens the session by which others see that a worker lives. @param wake a job waits */
  openSession(wake: () => void): WorkerSession
  /** Fails the statements under way of a server that does not answer; later ones connect anew. */
  cutConnections(): void
  /** An error of the first statements as something that the person who named it can act on. */
  explain(error: unknown): unknown
  /** Undefined for a database server. */
  file: DatabaseFile | undefined
  close(): Promise<void>
}

export type WorkerSession = {
  /** The worker's row is written by it. */
  db: Db
  /** What others find the session by, once `db` was used. */
  sign(): { lock_key: number | null }
  /** Runs work on `db`, for only as long as an answer can be waited for. */
  within<Result>(work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export type OpenOptions = {
  /** A missing database is an error; otherwise it is created. */
  mustExist?: boolean | undefined
  /**
   * `first`: for a process that must stay responsive, whose writes precede background writes, and
   * which leaves the upkeep of the file to others as far as it can. `after`: for a thread whose
   * writes wait for those of another store.
   */
  priority?: 'first' | { after: WaitingWriters | undefined } | undefined
  /** The name of the process, where another store of it is open; else a new one. */
  process?: string | undefined
  /** The most connections at a time to a server. */
  most?: number | undefined
}

export type TableName = { name: string; isView: boolean }

export type WiderTable = { table: string; columns: NewTable['columns']; rows: number }

export type NewTable = {
  name: string
  columns: { name: string; type: MadeType }[]
  primaryKey: string[]
}

/** A postponed record, as it is retried. */
export type PostponedRecord = {
  record: number
  line: number
  offset: number
  raw: Buffer
  attempt: Attempt
}

/** A job's records that refer to later records of the same file. */
export type PostponedRecords = {
  isAny(db: Db | Trx): Promise<boolean>
  /**
   * Removes and returns, inside the caller's transaction, the first record that waits for nothing;
   * where all wait, one not yet retried in vain, since its row may exist without a record having
   * announced it; else the first of all, for a last try. The choice depends only on stored data, so
   * an interrupted run ends with the same result.
   */
  take(trx: Trx): Promise<PostponedRecord | undefined>
}

export type Target = {
  /** How many records it wants at once, where those are more than usual. */
  readonly chunkRecords?: number | undefined
  /**
   * Applies the records in order, inside the caller's transaction. Returns one outcome per row. It
   * may be called again before it has returned; records are applied in the order of the calls.
   */
  apply(trx: Trx, rows: Row[]): Promise<RecordOutcome[]>
  /**
   * Ends what `apply` began: only then the outcomes are certain, and other statements may use the
   * transaction.
   * @throws RetryBatch where they were guessed wrong
   */
  settle(): Promise<void>
  /** Ends it after an error, so that the transaction can be rolled back. */
  giveUp(): Promise<void>
}
