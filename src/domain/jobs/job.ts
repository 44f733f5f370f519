import type { Checkpoint } from './checkpoint.ts'
import type { Counters } from './counters.ts'
import {
  FAILURES,
  type FailureReason,
  type Message,
  type MessageParams,
} from '../words/messages.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
  type ImportSpecification,
} from '../specification/specification.ts'
import type { JobStatus } from '../states/status.ts'

export type JobKind =
  | { type: 'import'; specification: ImportSpecification }
  | { type: 'export'; specification: ExportSpecification }

/** A stored job. Times are ISO-8601 UTC text. */
export type Job = JobKind & {
  id: number
  label: string
  description: string
  status: JobStatus
  /** A dry run keeps no rows; its counters say what would have happened. */
  dry_run: boolean
  target_table: string
  file_name: string
  file_size: number | null
  file_sha256: string | null
  created_at: string
  created_by: string
  started_by: string | null
  /** When a worker first claimed it. */
  started_at: string | null
  ended_at: string | null
  /** Time spent running before `running_since`; `durationOf` adds the time since. */
  duration_ms: number
  running_since: string | null
  claim: string | null
  /** The worker that runs it or ran it last; null while it waits. */
  worker: string | null
  /** When the run last read or wrote anything; null if it never ran. */
  progressed_at: string | null
  attempts: number
  deaths: number
  /** Progress: records read, plus postponed ones that were settled since. */
  reached: number
  /** Upper bound of `reached` when its worker died; null if none died. */
  died_after: number | null
  failure_reason: FailureReason | null
  failure_params: MessageParams | null
  checkpoint: Checkpoint | null
  counters: Counters
  /** Records in the source; null until its end has been read. */
  total: number | null
  bytes_read: number
  batches: number
  /** The job that this one repeats, with the same specification. */
  rerun_of: number | null
  /** The job that this one was copied from. */
  copy_of: number | null
  revision: number
}

/**
 * Whether its file is standard input or output, which ended with the command that created the job.
 */
export function usesPipe({ type, specification }: JobKind): boolean {
  return type === 'import' ? specification.spooled : specification.path === STANDARD_STREAM
}

/**
 * The path of its file to show; for a pipe its name, because nobody else may open the spooled copy.
 */
export function shownPath(job: JobKind & Pick<Job, 'file_name'>): string {
  return usesPipe(job) ? job.file_name : job.specification.path
}

/** The columns of a job that lists read. */
export type ListedJob = Pick<
  Job,
  | 'id'
  | 'type'
  | 'label'
  | 'status'
  | 'dry_run'
  | 'target_table'
  | 'file_name'
  | 'file_size'
  | 'created_at'
  | 'created_by'
  | 'started_at'
  | 'ended_at'
  | 'duration_ms'
  | 'running_since'
  | 'progressed_at'
  | 'failure_reason'
  | 'failure_params'
  | 'counters'
  | 'total'
  | 'bytes_read'
  | 'reached'
  | 'revision'
>

/** Why the job failed, as the message in its journal; undefined if it did not fail. */
export function failureMessage({
  failure_reason: reason,
  failure_params: params,
}: Pick<Job, 'failure_reason' | 'failure_params'>): Message | undefined {
  return reason === null ? undefined : { code: FAILURES[reason], params: params ?? {} }
}

export type ExportJob = Extract<Job, { type: 'export' }>

/** Whether the job is a finished export to a file. */
export function hasResult(job: Job): job is ExportJob {
  const isFinished = job.type === 'export' && job.status === 'finished'
  return isFinished && job.specification.path !== STANDARD_STREAM
}

export function isDryRun({ type, specification }: JobKind): boolean {
  return type === 'import' && 'dryRun' in specification && specification.dryRun
}

/** The same job without its dry run flag, so that its rows are kept. */
export function forReal(job: Job): Job {
  return job.type === 'import'
    ? { ...job, dry_run: false, specification: { ...job.specification, dryRun: false } }
    : job
}

/** Milliseconds spent running until `now`, without pauses and waiting times. */
export function durationOf(
  { duration_ms, running_since }: Pick<Job, 'duration_ms' | 'running_since'>,
  now: Date,
): number {
  const present = running_since === null ? 0 : now.getTime() - Date.parse(running_since)
  return duration_ms + Math.max(0, present)
}
