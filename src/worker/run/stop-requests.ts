import type { Db } from '../../db/store.ts'
import { findStatus } from '../../engine/jobs/jobs.ts'

/** Polling interval for stop requests: a fraction of the two seconds in which a job must stop. */
const LOOK_MS = 250

export type StopRequests = {
  /** Aborts when the worker or the job must stop, also between commits. */
  signal: AbortSignal
  forget(): void
}

/** Polls for stop requests: the worker's own, or a job status set by an operator or rescuer. */
export function hearStopRequests(db: Db, jobId: number, stopSignal: AbortSignal): StopRequests {
  const asked = new AbortController()
  let isLooking = false
  const look = async () => {
    if ((await findStatus(db, jobId)) !== 'running') asked.abort()
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    // If the database fails, the run itself fails too.
    look()
      .catch(() => undefined)
      .finally(() => (isLooking = false))
  }, LOOK_MS)
  timer.unref()
  return {
    signal: AbortSignal.any([stopSignal, asked.signal]),
    forget: () => clearInterval(timer),
  }
}
