import type { DialectAdapter, RawBuilder } from 'kysely'
import type { PlannerHints } from './planner-hints.ts'
import type { Db, Trx } from './store.ts'

/** How long silence is believed, in milliseconds. */
export type Patience = {
  /** The lease: how long a worker may be silent before its job is rescued. */
  leaseMs: number
  /** The same for a worker whose session has ended: long enough to connect again. */
  graceMs: number
  /**
   * After this silence a worker stops its own job, before anybody else starts it. Undefined where
   * all processes wait for the same lock, and silence means that others hold it.
   */
  selfStopMs: number | undefined
  /** How often every process looks for silent workers. */
  sweepMs: number
  /** How often a worker looks for a waiting job that nothing woke it for. */
  pollMs: number
}

/** Bytes of a stored file, which begin at a position. */
export type FilePiece = { position: number; bytes: Buffer }

/** A query for job ids. */
export type JobIds = RawBuilder<{ id: number }>

/** What the kinds of databases do differently with Tallyman's own tables. */
export type DatabaseKind = {
  /** The schema of Tallyman's own tables, where one was named. */
  schema: string | undefined
  /**
   * A query for the ids of jobs whose `search_text` may contain the folded words; undefined where no
   * index can answer.
   */
  findText(db: Db | Trx, words: string): Promise<JobIds | undefined>
  /** Whether that index gives the ids in their order, one by one; else all at once. */
  findsTextInOrder: boolean
  /** Makes that index where there is none. @returns whether there is one */
  indexTexts(db: Db): Promise<boolean>
  /** Whether that index holds the texts of all jobs and nothing else. */
  isTextIndexed(db: Db | Trx): Promise<boolean>
  /** Settings of the transaction of a batch, at its start. */
  openBatch(trx: Trx): Promise<void>
  /** A key that is equal for two table or column names that the database treats as one. */
  nameKey(name: string): string
  /**
   * The name by which a job keeps a table: it means the same one for every process, whatever schemas
   * that looks into. Of a table that is not there, where it would be made.
   */
  keptName(db: Db | Trx, name: string): Promise<string>
  /** A kept name as this process has to call the table. */
  readName(kept: string): string
  /** A key that is equal for names of one table, as they are kept or read. */
  tableKey(name: string): string
  /** A table's name in SQL, the same for all names by which jobs call it. */
  tableSql(db: Db | Trx, name: string): Promise<string>
  hints: PlannerHints
  patience: Patience
  /** At the end of a query for rows to be locked: leaves out those that others have locked. */
  skipLocked: RawBuilder<unknown>
  /** Lets one transaction at a time count the jobs that run, and claim one. */
  serializeClaims(trx: Trx): Promise<void>
  /** The advisory locks that the sessions of workers hold. */
  heldLocks(db: Db): Promise<ReadonlySet<number>>
  /** Ends the sessions of these processes, with the row locks that they hold. */
  endSessions(db: Db, processes: string[]): Promise<void>
  /** Whether a process has ended, by its name; false where that cannot be told. */
  isGone(db: Db, process: string): Promise<boolean>
  /** Wakes the workers that wait for a job, once the transaction is committed. */
  wakeWorkers(trx: Trx): Promise<void>
  /** Whether ids have gaps, and triggers count the rows that are written: see `TallyTable`. */
  isTallied: boolean
  /** The highest id that a table has ever given, also to rows that are gone; 0 for none. */
  lastId(db: Db | Trx, table: string): Promise<number>
  /** The piece of a stored file that has the byte at a position; undefined beyond the end. */
  pieceAt(db: Db | Trx, id: string, position: number): Promise<FilePiece | undefined>
  /** Names of schema parts that the migrations create and that are missing or different. */
  missingParts(db: Db): Promise<string[]>
}

/** The dialect's adapter, which also reaches transactions, carries the database kind. */
export type KindAdapter = DialectAdapter & { readonly kind: DatabaseKind }

export function kindOf(db: Db | Trx): DatabaseKind {
  const { adapter } = db.getExecutor()
  if (isOfKind(adapter)) return adapter.kind
  throw new Error('this database was not opened by openStore')
}

function isOfKind(adapter: DialectAdapter): adapter is KindAdapter {
  return 'kind' in adapter
}
