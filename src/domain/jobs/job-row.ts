import type { JobStatus, JobType } from '../states/status.ts'
import type { FailureReason } from '../words/failures.ts'
import type { Counters } from './counters.ts'

/**
 * A job as it is stored, each column once: what a job is in memory, in lists and in the deletion log
 * follows from here. Times are ISO-8601 UTC text, JSON is text: the same on every database.
 */
export type JobRow = Counters & {
  id: number
  type: JobType
  label: string
  description: string
  status: JobStatus
  specification: string
  /** As the specification says: nothing of its rows was kept, the counters say what would have been. */
  dry_run: 0 | 1
  /** As the specification says: its rejects have masks in place of sensitive values. */
  is_masked: 0 | 1
  target_table: string
  file_name: string
  file_size: number | null
  file_sha256: string | null
  created_at: string
  created_by: string
  started_by: string | null
  /** Before this time no worker takes it; null: it may start at once. */
  start_at: string | null
  /** Of the jobs that wait, those of a higher one are taken first; 0 where nobody said. */
  priority: number
  /** When a worker first took it. */
  started_at: string | null
  ended_at: string | null
  /** Milliseconds spent running up to `running_since`; `durationOf` adds what came since. */
  duration_ms: number
  /** When the present run began or committed its last batch; null while nobody runs the job. */
  running_since: string | null
  claim: string | null
  /** Who runs it, or ran it last; null while it waits. */
  worker: string | null
  /** When the run last read or wrote something; null where it never ran. */
  progressed_at: string | null
  attempts: number
  /** Workers that died one after the other without getting any further. */
  deaths: number
  /** How far the run is: records that were read, and postponed ones that were settled since. */
  reached: number
  /** How far it was, at the most, when it lost a worker; null where it lost none. */
  died_after: number | null
  failure_reason: FailureReason | null
  failure_params: string | null
  checkpoint: string | null
  /** Records of the source, null until its end was seen. */
  total: number | null
  bytes_read: number
  batches: number
  /** The job whose specification this one executes again. */
  rerun_of: number | null
  /** The job that this one was made after. */
  copy_of: number | null
  /** The job whose rejects this one imports, corrected. */
  repair_of: number | null
  /** How its corrected records are read, as JSON; null for a job with a file. */
  repair_memo: string | null
  /** Rejects that linked jobs took; those that they rejected again are not among them. */
  repaired: number
  /** Rejects that somebody set aside. */
  set_aside: number
  /** The key of the template that it was made from, which may be gone; null: none. */
  template: string | null
  /** The label as lists sort by it: folded. */
  label_key: string
  /** All words that a search finds the job by: folded, each on a line, and an empty line behind. */
  search_text: string
  /** When it was started, or made where it was not yet. */
  dated_at: string
  /** Grows with every change that a reader can see. */
  revision: number
}

/** What lists find and sort a job by; it follows from the others. */
export const SEARCH_COLUMNS = [
  'label_key',
  'search_text',
  'dated_at',
] as const satisfies (keyof JobRow)[]

/** What is kept of a job that is deleted, besides its counters. */
export const LOGGED_COLUMNS = [
  'type',
  'label',
  'status',
  'target_table',
  'file_name',
  'file_sha256',
  'total',
  'created_at',
  'created_by',
  'started_at',
  'ended_at',
] as const satisfies (keyof JobRow)[]
