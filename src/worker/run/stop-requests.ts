import type { Db } from '../../db/store.ts'
import { findStatus } from '../../engine/jobs/jobs.ts'

/** How often a job is asked whether somebody wants it to stop: a fraction of the two seconds that it has. */
const LOOK_MS = 250

export type StopRequests = {
  /** Aborts when the worker or the job shall stop, also while no batch is committed. */
  signal: AbortSignal
  forget(): void
}

/** Listens for what would end a run: the worker's own end, or an operator's or rescuer's word on the job. */
export function hearStopRequests(db: Db, jobId: number, stopSignal: AbortSignal): StopRequests {
  const asked = new AbortController()
  let isLooking = false
  const look = async () => {
    if ((await findStatus(db, jobId)) !== 'running') asked.abort()
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    // A database that can't be asked stops the run by itself.
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
