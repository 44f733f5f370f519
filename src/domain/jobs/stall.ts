import type { Job } from './job.ts'
import { isHeld } from '../states/status.ts'

const STALL_MS = 60_000
/** How exactly it is told: whoever watches is told anew when this much more has passed. */
const STEP_MS = 10_000

/**
 * For how many milliseconds a job that runs has read and written nothing, once that is a minute;
 * null where it gets on, or waits by rights.
 */
export function stallOf(
  { status, progressed_at }: Pick<Job, 'status' | 'progressed_at'>,
  now: Date,
): number | null {
  if (!isHeld(status) || progressed_at === null) return null
  const stalled = now.getTime() - Date.parse(progressed_at)
  return stalled < STALL_MS ? null : stalled - (stalled % STEP_MS)
}
