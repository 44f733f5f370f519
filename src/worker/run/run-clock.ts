import type { Job } from '../../domain/jobs/job.ts'

/** Milliseconds that a job has run, including its earlier runs. */
export type RunClock = () => number

/** Starts counting by a monotonic clock: the time of day may jump while a job runs. */
export function startRunClock({ duration_ms }: Pick<Job, 'duration_ms'>): RunClock {
  const began = performance.now()
  return () => duration_ms + Math.round(performance.now() - began)
}
