import { CLAIMED_STATUSES, type JobStatus, type JobType } from '../states/status.ts'

/** Sort columns of the list of jobs. Ties are ordered by id. */
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
  /** Made from the template with this key. */
  template?: string | undefined
  /** Only jobs with at least one rejected record. */
  withRejects?: boolean | undefined
  /**
   * Substring of the label, description, file name or table, or the job's number. Case and accents
   * do not matter.
   */
  text?: string | undefined
  /** Started at this time or later. A job that never started counts by its creation time. */
  from?: Date | undefined
  /** Started before this time. */
  to?: Date | undefined
}

/** The tabs of the list besides "All". A job that is not over is either in motion or waiting. */
export const LIST_TABS = ['in_motion', 'failed', 'with_rejects', 'waiting'] as const
export type ListTab = (typeof LIST_TABS)[number]

/** The filter of each tab. A waiting job waits for a worker, for Start, or to be edited. */
export const TAB_FILTERS = {
  in_motion: { among: CLAIMED_STATUSES },
  failed: { among: ['failed'] },
  with_rejects: { withRejects: true },
  waiting: { among: ['editing', 'start_pending', 'paused'] },
} as const satisfies Record<ListTab, JobFilter>
