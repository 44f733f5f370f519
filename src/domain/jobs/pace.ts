import type { Counters } from './counters.ts'
import { durationOf, type Job } from './job.ts'
import { isHeld, isOver } from '../states/status.ts'

/** How far a job was after some time of running; pauses do not count. */
export type Sample = {
  running_ms: number
  /** ISO-8601 UTC. */
  at: string
  processed: number
  rejects: number
}

export type Pace = {
  /** Over the last ten seconds of running, or of the whole run once the job is over. */
  recordsPerSecond: number | null
  /** The share that is done, from 0 to 1; 1 only when the job is finished. */
  share: number | null
  /** Milliseconds until the end, if it goes on like this. */
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
>

const LOOK_BACK_MS = 10_000
/** What is done in less time says nothing of the speed. */
const LEAST_MS = 500
/** A job that has read its source to the end is not finished yet. */
const ALMOST_ALL = 0.9999

/** How fast a job is and how long it still takes; null is what is not known. */
export function paceOf(job: Paced, samples: Sample[], now: Date): Pace {
  const recordsPerSecond = speedOf(job, samples, now)
  const share = shareOf(job)
  return { recordsPerSecond, share, timeLeft: timeLeftOf(job, recordsPerSecond, share) }
}

/** Of the file's bytes for an import, save records that are postponed; of the records for an export. */
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
  return whole === null || whole === 0 ? null : Math.min(part / whole, ALMOST_ALL)
}

/** Of so many records that were read, the share that is not to be tried again. */
export function settledShare({ processed }: Counters, read: number): number {
  return read > processed ? processed / read : 1
}

function speedOf(job: Paced, samples: Sample[], now: Date): number | null {
  const { status, counters } = job
  const running = durationOf(job, now)
  const before = isHeld(status) ? sampleBefore(samples, running - LOOK_BACK_MS) : undefined
  const milliseconds = running - (before?.running_ms ?? 0)
  if (milliseconds < LEAST_MS || !(isHeld(status) || isOver(status))) return null
  return ((counters.processed - (before?.processed ?? 0)) * 1000) / milliseconds
}

/** The last one that is at least so old. */
function sampleBefore(samples: Sample[], running: number): Sample | undefined {
  return samples.findLast((sample) => sample.running_ms <= running)
}

function timeLeftOf(
  { status, counters }: Paced,
  speed: number | null,
  share: number | null,
): number | null {
  if (!isHeld(status) || speed === null || speed === 0 || share === null || share === 0) return null
  const recordsLeft = (counters.processed * (1 - share)) / share
  return (recordsLeft * 1000) / speed
}
