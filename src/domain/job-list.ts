import type { JobStatus, JobType } from './status.ts'

/** What a list of jobs can be sorted by. Jobs that are equal in it are in the order of their ids. */
export const JOB_SORTS = [
  'id',
  'status',
  'label',
  'started_at',
  'ended_at',
  'type',
  'duration',
  'processed',
  'rejects',
] as const
export type JobSort = (typeof JOB_SORTS)[number]

export const DIRECTIONS = ['asc', 'desc'] as const
export type Direction = (typeof DIRECTIONS)[number]

export type JobFilter = {
  status?: JobStatus | undefined
  type?: JobType | undefined
  /**
   * A piece of the label, the description, the file name or the table, or the job's number. Case
   * and accents do not matter.
   */
  text?: string | undefined
  /** Started at this time or later; a job that was never started counts by when it was made. */
  from?: Date | undefined
  /** Started before this time. */
  to?: Date | undefined
}
