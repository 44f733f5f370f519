import type { Checkpoint } from './checkpoint.ts'
import type { Counter, Counters } from './counters.ts'
import type { JobRow, SEARCH_COLUMNS } from './job-row.ts'
import { isOver, type JobStatus } from '../states/status.ts'
import { FAILURES } from '../words/failures.ts'
import type { Message, MessageParams } from '../words/messages.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
  type ImportSpecification,
} from '../specification/specification.ts'
import { pathsOf, placesOf, storedId, storedIds } from '../specification/stored-path.ts'

export type JobKind =
  | { type: 'import'; specification: ImportSpecification }
  | { type: 'export'; specification: ExportSpecification }

type SearchColumn = (typeof SEARCH_COLUMNS)[number]

/** What is stored as JSON, as a flag or flat. */
type Parsed = {
  dry_run: boolean
  is_masked: boolean
  failure_params: MessageParams | null
  checkpoint: Checkpoint | null
  counters: Counters
}

export type Job = JobKind &
  Parsed &
  Omit<JobRow, keyof JobKind | keyof Parsed | Counter | SearchColumn>

/**
 * Whether its file is standard input or output, which ended with the command that created the job.
 */
export function usesPipe({ type, specification }: JobKind): boolean {
  return type === 'import' ? specification.spooled : specification.path === STANDARD_STREAM
}

/** The path of its file to show; its name where only Tallyman may open it, or they are several. */
export function shownPath(job: JobKind & Pick<Job, 'file_name'>): string {
  const [path = '', ...others] = pathsOf(job.specification)
  const isNamed = usesPipe(job) || others.length > 0 || storedId(path) !== undefined
  return isNamed ? job.file_name : path
}

/** Whether its source may be downloaded: an upload, or a file of an inbox. */
export function offersSource({ type, specification }: JobKind): boolean {
  if (type !== 'import' || specification.spooled) return false
  const isOfInbox = placesOf(specification).some(({ beneath }) => beneath !== null)
  return isOfInbox || storedIds(specification).length > 0
}

/** The columns of a job that lists read. */
export const LISTED_COLUMNS = [
  'id',
  'type',
  'label',
  'status',
  'dry_run',
  'is_masked',
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
  'repair_of',
  'repaired',
  'set_aside',
  'template',
] as const satisfies (keyof Job)[]
export type ListedJob = Pick<Job, (typeof LISTED_COLUMNS)[number]>

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

/**
 * Rejects that nobody has repaired or set aside. Those of a linked job are open in the job that it
 * repairs, and those of a dry run were only tried.
 */
export function openRejectsOf(
  job: Pick<Job, 'counters' | 'dry_run' | 'repair_of' | 'repaired' | 'set_aside'>,
): number {
  if (job.dry_run || job.repair_of !== null) return 0
  return job.counters.rejects - job.repaired - job.set_aside
}

/** A linked job that took rejects. */
export type Repairer = {
  job: number
  /** Rejects that it has, and may not have imported: it is not over, or failed. */
  keeps: number
  isFailed: boolean
}

/** How many rejects linked jobs have, and may not have imported. */
export function keptBy(repairers: readonly Repairer[]): number {
  return repairers.reduce((sum, { keeps }) => sum + keeps, 0)
}

/** A linked job that failed keeps its records until somebody decides what becomes of it. */
export function hasRepaired(status: JobStatus): boolean {
  return isOver(status) && status !== 'failed'
}

export function isDryRun({ type, specification }: JobKind): boolean {
  return type === 'import' && 'dryRun' in specification && specification.dryRun
}

/** Whether its rejects have a mask in the place of sensitive values. */
export function isMasked({ type, specification }: JobKind): boolean {
  if (type !== 'import') return false
  if ('sensitiveColumns' in specification && specification.sensitiveColumns.length > 0) return true
  return Object.values(specification.fields).some(
    (field) => 'sensitive' in field && field.sensitive,
  )
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
