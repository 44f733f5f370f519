import type { ColumnType, Generated } from 'kysely'
import type { Counter } from '../domain/jobs/counters.ts'
import type { JobRow, LOGGED_COLUMNS } from '../domain/jobs/job-row.ts'
import type { Level, MessageCode } from '../domain/words/messages.ts'

/** Columns that need not be given for a new job. */
type Defaulted =
  | Counter
  | 'dry_run'
  | 'duration_ms'
  | 'attempts'
  | 'deaths'
  | 'reached'
  | 'bytes_read'
  | 'batches'
  | 'revision'

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
  /** Numbers the messages of one record from 0. */
  seq: number
  /** The number of its `RejectKindTable`. */
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

/** How many rejects of a job share type, code and field; numbered from 1 within the job. */
export type RejectKindTable = {
  job_id: number
  kind: number
  type: 'error' | 'warning'
  code: MessageCode
  field: string | null
  count: number
}

/** How far a job was at the first batch of a second of its running time. */
export type SampleTable = {
  job_id: number
  /** The whole seconds of `running_ms`. */
  tick: number
  running_ms: number
  at: string
  processed: number
  rejects: number
}

/** Keys that a running import must remember to tell doubles; emptied when the job is over. */
export type KeyTable = { job_id: number; key: string }

/** Records that refer to later ones of the same file, until they are settled. */
export type PostponedTable = {
  job_id: number
  record: number
  line: number
  offset: number
  /** What stands for its keys, as in `KeyTable`. */
  key: string | null
  second_key: string | null
  /** What must come before it is tried again; null where nothing must. */
  waits_for: string | null
  raw: Buffer
}

/** Jobs that were deleted, while their journal, rejects and keys are still being cleared away. */
export type LeftoverTable = { job_id: number }

/** What is left of a job that was deleted or purged. */
export type RemovalTable = Pick<JobRow, (typeof LOGGED_COLUMNS)[number]> & {
  job_id: number
  dry_run: 0 | 1
  /** JSON of all of them. */
  counters: string
  removed_at: string
  removed_by: string
  /** Between which entries its journal stood. */
  first_entry: number | null
  last_entry: number | null
  /** The entry by which it began to write, and the one by which it last stopped. */
  begin_entry: number | null
  end_entry: number | null
  /** The entry that tells that its table was empty when it began. */
  empty_entry: number | null
}

/**
 * Numbers of jobs that were deleted before that was recorded. In the place of a job 0 stands up to
 * which entry older versions have written, whose journals tell less.
 */
export type GapTable = {
  first_job: number
  last_job: number
  /** No entry of their journals had a higher number. */
  last_entry: number
}

/** One row: the last time of day that retention has believed. */
export type ClockTable = { id: 1; seen_at: string }

/** A process that takes jobs, from its start to its end. */
export type WorkerTable = {
  /** Of one start of the process. */
  id: string
  name: string
  host: string
  /** Of the program that it runs. */
  version: string
  started_at: string
  heartbeat_at: string
  /** For how long it may be silent. */
  lease_ms: number
  /** Of the job that it runs, or ran at its last heartbeat. */
  claim: string | null
}

/** A form that was sent a moment ago, and where it led; null until that is known. */
export type FormTable = { key: string; sent_at: string; leads_to: string | null }

export type Database = {
  tallyman_job: JobTable
  tallyman_journal: JournalTable
  tallyman_reject: RejectTable
  tallyman_reject_kind: RejectKindTable
  tallyman_sample: SampleTable
  tallyman_key: KeyTable
  tallyman_postponed: PostponedTable
  tallyman_leftover: LeftoverTable
  tallyman_removal: RemovalTable
  tallyman_gap: GapTable
  tallyman_clock: ClockTable
  tallyman_form: FormTable
  tallyman_worker: WorkerTable
}
