import type { Checkpoint } from './checkpoint.ts'
import type { Counter, Counters } from './counters.ts'
import type { JobRow, SEARCH_COLUMNS } from './job-row.ts'
import { FAILURES, type Message, type MessageParams } from '../words/messages.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
  type ImportSpecification,
} from '../specification/specification.ts'

export type JobKind =
  | { type: 'import'; specification: ImportSpecification }
  | { type: 'export'; specification: ExportSpecification }

type SearchColumn = (typeof SEARCH_COLUMNS)[number]

/** What is stored as JSON, as a flag or flat. */
type Parsed = {
  dry_run: boolean
  failure_params: MessageParams | null
  checkpoint: Checkpoint | null
  counters: Counters
}

export type Job = JobKind &
  Parsed &
  Omit<JobRow, keyof JobKind | keyof Parsed | Counter | SearchColumn>

/** Whether its file is standard input or output: it went with the command that made the job. */
export function usesPipe({ type, specification }: JobKind): boolean {
  return type === 'import' ? specification.spooled : specification.path === STANDARD_STREAM
}

/** Where its file is; of a pipe its name, since the copy beside the database is nobody's to open. */
export function shownPath(job: JobKind & Pick<Job, 'file_name'>): string {
  return usesPipe(job) ? job.file_name : job.specification.path
}

/** What a list shows of a job. */
export const LISTED = [
  'id',
  'type',
  'label',
  'status',
  'dry_run',
  'target_table',
  'file_name',
  'file_size',
  'created_at',
  'created_by',
  'started_at',
  'ended_at',
  'duration_ms',
  'running_since',
  'progressed_at',
  'failure_reason',
  'failure_params',
  'counters',
  'total',
  'bytes_read',
  'reached',
  'revision',
] as const satisfies (keyof Job)[]
export type ListedJob = Pick<Job, (typeof LISTED)[number]>

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
