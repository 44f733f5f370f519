import type { ColumnType, Generated } from 'kysely'
import type { StoredChange } from '../domain/jobs/changed-row.ts'
import type { Counter } from '../domain/jobs/counters.ts'
import type { JobRow, LOGGED_COLUMNS } from '../domain/jobs/job-row.ts'
import type { Level, MessageCode } from '../domain/words/messages.ts'
import type { FilePieceTable, FileTable, JobFileTable } from './own/file-tables.ts'
import type { MoveTable } from './own/move-table.ts'
import type { TallyTable } from './own/tally-table.ts'
import type { CorrectionTable, RepairTable } from './own/repair-tables.ts'
import type { TemplateChangeTable, TemplateTable } from './own/template-tables.ts'

/** Columns that are optional when a job is inserted. */
type Defaulted =
  | Counter
  | 'dry_run'
  | 'is_masked'
  | 'priority'
  | 'duration_ms'
  | 'attempts'
  | 'deaths'
  | 'reached'
  | 'bytes_read'
  | 'batches'
  | 'revision'
  | 'repair_of'
  | 'repair_memo'
  | 'repaired'
  | 'set_aside'
  | 'template'

export type JobTable = {
  [Column in keyof JobRow]: Column extends 'id'
    ? Generated<number>
    : Column extends Defaulted
      ? ColumnType<JobRow[Column], JobRow[Column] | undefined, JobRow[Column]>
      : JobRow[Column]
}

export type JournalTable = {
  id: Generated<number>
  job_id: number
  at: string
  code: MessageCode
  level: Level
  params: string
  actor: string
}

export type RejectTable = {
  job_id: number
  record: number
  /** Position of the message within its record, from 0. */
  seq: number
  /** The `kind` number of its `RejectKindTable` row. */
  kind: number
  at: string
  line: number
  offset: number
  connector: 'text' | 'database'
  type: 'error' | 'warning'
  field: string | null
  code: MessageCode
  params: string
  raw: Buffer
}

/** Counts a job's rejects of one type, code and field; `kind` starts at 1 in each job. */
export type RejectKindTable = {
  job_id: number
  kind: number
  type: 'error' | 'warning'
  code: MessageCode
  field: string | null
  count: number
}

/** Progress of a job at the first batch of each second of its running time. */
export type SampleTable = {
  job_id: number
  /** `running_ms` in whole seconds. */
  tick: number
  running_ms: number
  at: string
  processed: number
  rejects: number
}

/** Keys that a running import stores to detect duplicates; cleared when the job ends. */
export type KeyTable = { job_id: number; key: string }

/** Records that refer to later records of the same file, until they are settled. */
export type PostponedTable = {
  job_id: number
  record: number
  line: number
  offset: number
  /** The record's key in the form stored in `KeyTable`. */
  key: string | null
  second_key: string | null
  /** What must be written before the record is retried; null where it waits for nothing. */
  waits_for: string | null
  raw: Buffer
}

/** Deleted jobs whose journal, rejects and keys are still being deleted. */
export type LeftoverTable = { job_id: number }

/** The log entry of a deleted or purged job. */
export type RemovalTable = Pick<JobRow, (typeof LOGGED_COLUMNS)[number]> & {
  job_id: number
  dry_run: 0 | 1
  /** All counters, as JSON. */
  counters: string
  removed_at: string
  removed_by: string
  /** Ids of the first and last entries of its journal. */
  first_entry: number | null
  last_entry: number | null
  /** Ids of the entries at which it began to write and at which it last stopped. */
  begin_entry: number | null
  end_entry: number | null
  /** Id of the entry that says that its table was empty when it began. */
  empty_entry: number | null
}

/**
 * Ids of jobs that were deleted before deletions were logged. The row with 0 instead of a job id
 * gives the last entry written by older versions, whose journals contain less.
 */
export type GapTable = {
  first_job: number
  last_job: number
  /** Upper bound of the entry ids in their journals. */
  last_entry: number
}

/** A single row: the last time of day that retention accepted. */
export type ClockTable = { id: 1; seen_at: string }

/** A worker process, from its start to its end. */
export type WorkerTable = {
  /** Unique for each start of the process. */
  id: string
  name: string
  host: string
  /** Version of the program that it runs. */
  version: string
  started_at: string
  heartbeat_at: string
  /** Lease in milliseconds: how long it may go without a heartbeat. */
  lease_ms: number
  /** The claim on the job that it runs, or ran at its last heartbeat. */
  claim: string | null
  /** The advisory lock of its session, and the name that all sessions of its process bear. */
  lock_key: number | null
  process: string | null
}

/** A recently submitted form (idempotency key). */
export type FormTable = {
  key: string
  sent_at: string
  /** Where it redirects; null until that is known. */
  leads_to: string | null
  /** The name of the process that carries it out; null for one of an older version. */
  held_by: string | null
}

export type Database = {
  tallyman_job: JobTable
  tallyman_journal: JournalTable
  tallyman_reject: RejectTable
  tallyman_reject_kind: RejectKindTable
  tallyman_sample: SampleTable
  tallyman_change: StoredChange
  tallyman_key: KeyTable
  tallyman_postponed: PostponedTable
  tallyman_repair: RepairTable
  tallyman_correction: CorrectionTable
  tallyman_leftover: LeftoverTable
  tallyman_removal: RemovalTable
  tallyman_gap: GapTable
  tallyman_clock: ClockTable
  tallyman_form: FormTable
  tallyman_worker: WorkerTable
  tallyman_file: FileTable
  tallyman_file_piece: FilePieceTable
  tallyman_job_file: JobFileTable
  tallyman_move: MoveTable
  tallyman_tally: TallyTable
  tallyman_template: TemplateTable
  tallyman_template_change: TemplateChangeTable
}
