import type { Kysely, Transaction } from 'kysely'
import type { Problem } from '../domain/words/problems.ts'
import type { WritePlan } from '../domain/records/record.ts'
import type { ColumnType, TableInfo } from '../domain/records/table.ts'
import type { ExportRows, PostponedRecords, ReadPlan, Target } from './target.ts'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>

/** Somebody who waits for what is read or copied, and may not want it any more. */
export type SourceBytes = {
  /** What is under way is left, with its reason, once it is aborted. */
  stopSignal?: AbortSignal | undefined
  /** Told of every piece. */
  progressed?: (() => void) | undefined
}

/** The user's tables and views. What is asked inside a transaction sees what that did. */
export type Tables = {
  /** By name, at most so many. */
  list(db: Db | Trx, limit: number): Promise<TableName[]>
  /**
   * The columns, keys and indexes of a table or view, or undefined when there is none of that name.
   * @throws UnusableError where the database can't compile its definition, as what follows
   */
  describe(db: Db | Trx, name: string): Promise<TableInfo | undefined>
  hasRows(db: Db | Trx, name: string): Promise<boolean>
  count(db: Db | Trx, name: string): Promise<number>
  /** Finds out, without reading any, whether rows of a table or view can be read. */
  requireReadable(db: Db | Trx, name: string, columns: string[]): Promise<void>
  create(trx: Trx, table: NewTable): Promise<void>
  /**
   * Makes a table that a job made anew with wider types for these columns, their values written as
   * they were.
   * @returns false where it has other than so many rows, or somebody else uses it in another way
   */
  widen(trx: Trx, wider: WiderTable): Promise<boolean>
  /** @returns the name of the index */
  createIndex(trx: Trx, name: string, columns: string[]): Promise<string>
}

/** What a database offers that is a file on this machine. */
export type DatabaseFile = {
  /** What the database lies in: nothing else may take one of these names. */
  names: string[]
  /** What the name of a file begins with that lies beside the database. */
  beside: string
  /** Whether the file that was opened still lies under its name. */
  isInPlace(): boolean
  /** Copies the database as it is now into a file that is new, while others write. */
  copyTo(file: string): Promise<void>
  /** Copies for dry runs that have a name still: their jobs copy just now, or were killed while they did. */
  copies: { list(): number[]; remove(jobId: number): void }
  /** What the database finds broken in itself, at most so many sentences of its own. */
  findDamage(limit: number): Promise<string[]>
  /** Room that is kept for the time when the disk is full, so that this can still be written down. */
  reserve: { keep(): void; release(): boolean }
  /** For a thread of the same process whose writes are to come behind these. */
  waiting: SharedArrayBuffer
}

/** One open database: Tallyman's own tables by Kysely, the user's tables by what follows. */
export type Store = {
  /** By which another process or thread opens it too. */
  url: string
  db: Db
  tables: Tables
  openTarget(plan: WritePlan): Target
  openPostponed(jobId: number): PostponedRecords
  /** Reads a table's rows in a stable order, from after a position. */
  openRows(plan: ReadPlan): ExportRows
  /** The job's revision, by a statement that stays prepared: pages ask for it again and again. */
  revisionOf(id: number): Promise<number | undefined>
  /** The same for all of these jobs that are there. */
  revisionsOf(ids: number[]): Promise<Map<number, number>>
  /** A copy of the whole database, in which a job's dry run can do everything; it is gone when closed. */
  rehearse(jobId: number, reading: SourceBytes): Promise<Store>
  /**
   * The highest numbers that jobs and entries of the journal were ever given; each lower one was
   * given too. Undefined where the database may leave some out.
   */
  numbersGiven(): Promise<NumbersGiven | undefined>
  /** What an error says of the database or its disk, where no call and no job is at fault. */
  troubleOf(error: unknown): Problem | undefined
  /** Whether somebody who writes now would not have to wait for longer than that. */
  takesWrites(patienceMs: number): Promise<boolean>
  /** Undefined where the database is a server. */
  file: DatabaseFile | undefined
  close(): Promise<void>
}

export type NumbersGiven = { job: number; entry: number }

export type OpenOptions = {
  /** Else a database that is not there is made. */
  mustExist?: boolean | undefined
  /**
   * For a process that must not stand still: its writes come before those that are made in the
   * background, and what was written is moved from the log into the database by others, and only
   * where the log grows very long by this one.
   */
  goesFirst?: boolean | undefined
  /** The `waiting` of those whose writes come first. */
  ahead?: SharedArrayBuffer | undefined
}

export type TableName = { name: string; isView: boolean }

export type WiderTable = { table: string; columns: NewTable['columns']; rows: number }

export type NewTable = {
  name: string
  columns: { name: string; type: Exclude<ColumnType, 'blob' | 'any'> }[]
  primaryKey: string[]
}
