import { CLAIMED_STATUSES, type JobStatus, type JobType } from '../states/status.ts'

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
  /** One of these statuses. */
  among?: readonly JobStatus[] | undefined
  /** Those alone that have rejected a record. */
  withRejects?: boolean | undefined
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

/** The tabs of the list beside "All". What is not over is in motion, or it waits. */
export const LIST_TABS = ['in_motion', 'failed', 'with_rejects', 'waiting'] as const
export type ListTab = (typeof LIST_TABS)[number]

/** What a tab shows. A job waits for a worker, for Start, or for whoever edits it. */
export const TAB_FILTERS = {
  in_motion: { among: CLAIMED_STATUSES },
  failed: { among: ['failed'] },
  with_rejects: { withRejects: true },
  waiting: { among: ['editing', 'start_pending', 'paused'] },
} as const satisfies Record<ListTab, JobFilter>
