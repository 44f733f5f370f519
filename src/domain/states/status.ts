/** The statuses of a job, in their usual order. */
export const JOB_STATUSES = [
  'editing',
  'start_pending',
  'running',
  'pausing',
  'paused',
  'cancelling',
  'cancelled',
  'finished',
  'failed',
  'shutting_down',
] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

export const JOB_TYPES = ['import', 'export'] as const
export type JobType = (typeof JOB_TYPES)[number]

/** A job that is over has an end date, and only such a job can be run again. */
export const OVER_STATUSES = ['cancelled', 'finished', 'failed'] as const satisfies JobStatus[]

/** A worker runs a job in one of these statuses: its claim must be alive. */
export const HELD_STATUSES = ['running', 'pausing', 'cancelling'] as const satisfies JobStatus[]

/**
 * A job in one of these may have a claim: one that shuts down keeps it until its last batch is
 * committed.
 */
export const CLAIMED_STATUSES = [...HELD_STATUSES, 'shutting_down'] as const satisfies JobStatus[]

/** No event leads out of these. A `failed` job is over as well, but can be started again. */
export const FINAL_STATUSES = ['cancelled', 'finished'] as const satisfies JobStatus[]

export function isOver(status: JobStatus): boolean {
  return OVER_STATUSES.some((over) => over === status)
}

export function isHeld(status: JobStatus): boolean {
  return HELD_STATUSES.some((held) => held === status)
}

export function keepsClaim(status: JobStatus): boolean {
  return CLAIMED_STATUSES.some((claimed) => claimed === status)
}

export function isFinal(status: JobStatus): boolean {
  return FINAL_STATUSES.some((final) => final === status)
}

/** A job in motion leaves its status by itself; one that rests waits for an operator or is over. */
export const MOVING_STATUSES = ['start_pending', ...CLAIMED_STATUSES] as const satisfies JobStatus[]

export function inMotion(status: JobStatus): boolean {
  return MOVING_STATUSES.some((moving) => moving === status)
}
