import type { Job } from './job.ts'
import { isHeld } from '../states/status.ts'

const STALL_MS = 60_000
/** The stall time is rounded down to this step, so that polls change only once per step. */
const STEP_MS = 10_000

/**
 * Milliseconds since a running job last read or wrote anything, once that is a minute; null if it
 * makes progress or does not have to.
 */
export function stallOf(
  { status, progressed_at }: Pick<Job, 'status' | 'progressed_at'>,
  now: Date,
): number | null {
  if (!isHeld(status) || progressed_at === null) return null
  const stalled = now.getTime() - Date.parse(progressed_at)
  return stalled < STALL_MS ? null : stalled - (stalled % STEP_MS)
}
