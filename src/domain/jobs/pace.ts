import type { Counters } from './counters.ts'
import { durationOf, type Job } from './job.ts'
import { isHeld, isOver } from '../states/status.ts'
import { stallOf } from './stall.ts'

/** The progress of a job after some running time; pauses do not count. */
export type Sample = {
  running_ms: number
  /** ISO-8601 UTC. */
  at: string
  processed: number
  rejects: number
}

export type Pace = {
  /** Over the last ten seconds of running, or over the whole run once the job is over. */
  recordsPerSecond: number | null
  /** The share done, from 0 to 1; 1 only when the job is finished. */
  share: number | null
  /** Estimated milliseconds until the end, at the present speed; of a job that goes on to its end. */
  timeLeft: number | null
}

type Paced = Pick<
  Job,
  | 'type'
  | 'status'
  | 'duration_ms'
  | 'running_since'
  | 'counters'
  | 'total'
  | 'bytes_read'
  | 'file_size'
  | 'reached'
  | 'progressed_at'
>

const SPEED_WINDOW_MS = 10_000
/** A shorter time is no measure of the speed. */
const MIN_MS = 500
/** A job that has read its source to the end is not finished yet. */
const MAX_UNFINISHED_SHARE = 0.9999

/** The speed of a job and its estimated remaining time; null is unknown. */
export function paceOf(job: Paced, samples: Sample[], now: Date): Pace {
  const recordsPerSecond = speedOf(job, samples, now)
  const share = shareOf(job)
  const isGoingOn = job.status === 'running' && stallOf(job, now) === null
  const timeLeft = isGoingOn ? timeLeftOf(job, recordsPerSecond, share) : null
  return { recordsPerSecond, share, timeLeft }
}

/**
 * The share done: of the file's bytes for an import, without postponed records; of the records for
 * an export.
 */
export function shareOf({
  type,
  status,
  counters,
  total,
  bytes_read,
  file_size,
  reached,
}: Paced): number | null {
  if (status === 'finished') return 1
  const [part, whole] =
    type === 'import'
      ? [bytes_read * settledShare(counters, total ?? reached), file_size]
      : [counters.processed, total]
  return whole === null || whole === 0 ? null : Math.min(part / whole, MAX_UNFINISHED_SHARE)
}

/** The share of the `read` records that need no second attempt. */
export function settledShare({ processed }: Counters, read: number): number {
  return read > processed ? processed / read : 1
}

function speedOf(job: Paced, samples: Sample[], now: Date): number | null {
  const { status, counters } = job
  const running = durationOf(job, now)
  const before = isHeld(status) ? sampleBefore(samples, running - SPEED_WINDOW_MS) : undefined
  const milliseconds = running - (before?.running_ms ?? 0)
  if (milliseconds < MIN_MS || !(isHeld(status) || isOver(status))) return null
  return ((counters.processed - (before?.processed ?? 0)) * 1000) / milliseconds
}

/** The last sample up to that running time. */
function sampleBefore(samples: Sample[], running: number): Sample | undefined {
  return samples.findLast((sample) => sample.running_ms <= running)
}

function timeLeftOf(
  { counters }: Paced,
  speed: number | null,
  share: number | null,
): number | null {
  if (speed === null || speed === 0 || share === null || share === 0) return null
  const recordsLeft = (counters.processed * (1 - share)) / share
  return (recordsLeft * 1000) / speed
}
