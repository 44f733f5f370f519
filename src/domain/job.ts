import type { Checkpoint } from './checkpoint.ts'
import type { Counters } from './counters.ts'
import { FAILURES, type FailureReason, type Message, type MessageParams } from './messages.ts'
import type { ExportSpecification, ImportSpecification } from './specification.ts'
import type { JobStatus } from './status.ts'

export type JobKind =
  | { type: 'import'; specification: ImportSpecification }
  | { type: 'export'; specification: ExportSpecification }

/** A job as it is stored. Times are ISO-8601 UTC text. */
export type Job = JobKind & {
  id: number
  label: string
  description: string
  status: JobStatus
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
  /** Time spent running before the present run; `durationOf` adds that. */
  duration_ms: number
  running_since: string | null
  claim: string | null
  /** Who runs it, or ran it last; null while it waits. */
  worker: string | null
  heartbeat_at: string | null
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

/** What a list shows of a job. */
export type ListedJob = Pick<
  Job,
  | 'id'
  | 'type'
  | 'label'
  | 'status'
  | 'target_table'
  | 'file_name'
  | 'file_size'
  | 'created_at'
  | 'started_at'
  | 'ended_at'
  | 'duration_ms'
  | 'running_since'
  | 'failure_reason'
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

/** Nothing of a dry run's rows was kept. */
export function isDryRun({ type, specification }: JobKind): boolean {
  return type === 'import' && 'dryRun' in specification && specification.dryRun
}

/** Milliseconds spent running until `now`, without pauses and waits. */
export function durationOf(
  { duration_ms, running_since }: Pick<Job, 'duration_ms' | 'running_since'>,
  now: Date,
): number {
  const present = running_since === null ? 0 : now.getTime() - Date.parse(running_since)
  return duration_ms + Math.max(0, present)
}
