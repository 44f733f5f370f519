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

/** A job as it is stored. Times are ISO-8601 UTC text. */
export type Job = JobKind & {
  id: number
  label: string
  description: string
  status: JobStatus
  /** Nothing of its rows was kept, and its counters say what would have been. */
  dry_run: boolean
  target_table: string
  file_name: string
  file_size: number | null
  file_sha256: string | null
  created_at: string
  created_by: string
  started_by: string | null
  /** When a worker first took it. */
  started_at: string | null
  ended_at: string | null
  /** Time spent running up to `running_since`; `durationOf` adds what came since. */
  duration_ms: number
  running_since: string | null
  claim: string | null
  /** Who runs it, or ran it last; null while it waits. */
  worker: string | null
  /** When the run last read or wrote something; null where it never ran. */
  progressed_at: string | null
  attempts: number
  deaths: number
  /** How far the run is: records that were read, and postponed ones that were settled since. */
  reached: number
  /** How far it was, at the most, when it lost a worker; null where it lost none. */
  died_after: number | null
  failure_reason: FailureReason | null
  failure_params: MessageParams | null
  checkpoint: Checkpoint | null
  counters: Counters
  /** Records of the source, null until its end was seen. */
  total: number | null
  bytes_read: number
  batches: number
  /** The job whose specification this one executes again. */
  rerun_of: number | null
  /** The job that this one was made after. */
  copy_of: number | null
  revision: number
}

/** Whether its file is standard input or output: it went with the command that made the job. */
export function usesPipe({ type, specification }: JobKind): boolean {
  return type === 'import' ? specification.spooled : specification.path === STANDARD_STREAM
}

/** Where its file is; of a pipe its name, since the copy beside the database is nobody's to open. */
export function shownPath(job: JobKind & Pick<Job, 'file_name'>): string {
  return usesPipe(job) ? job.file_name : job.specification.path
}

/** What a list shows of a job. */
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

/** Why the job failed, as its journal tells it; undefined where it did not. */
export function failureMessage({
  failure_reason: reason,
  failure_params: params,
}: Pick<Job, 'failure_reason' | 'failure_params'>): Message | undefined {
  return reason === null ? undefined : { code: FAILURES[reason], params: params ?? {} }
}

export type ExportJob = Extract<Job, { type: 'export' }>

/** Whether the job has written a result that lies in a file. */
export function hasResult(job: Job): job is ExportJob {
  const isFinished = job.type === 'export' && job.status === 'finished'
  return isFinished && job.specification.path !== STANDARD_STREAM
}

/** Nothing of a dry run's rows was kept. */
export function isDryRun({ type, specification }: JobKind): boolean {
  return type === 'import' && 'dryRun' in specification && specification.dryRun
}

/** The same job, to be run so that what it writes stays. */
export function forReal(job: Job): Job {
  return job.type === 'import'
    ? { ...job, dry_run: false, specification: { ...job.specification, dryRun: false } }
    : job
}

/** Milliseconds spent running until `now`, without pauses and waits. */
export function durationOf(
  { duration_ms, running_since }: Pick<Job, 'duration_ms' | 'running_since'>,
  now: Date,
): number {
  const present = running_since === null ? 0 : now.getTime() - Date.parse(running_since)
  return duration_ms + Math.max(0, present)
}
