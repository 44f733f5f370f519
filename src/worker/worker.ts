import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import { claimNextJob } from '../engine/claim.ts'
import { sweep } from '../engine/delete-job.ts'
import { goOnAll } from '../engine/rescuer.ts'
import { startHeartbeat } from './heartbeat.ts'
import { startRescuer } from './rescue-jobs.ts'
import { runJob } from './run-job.ts'

const POLL_MS = 500

export type WorkerOptions = {
  worker: string
  stopSignal: AbortSignal
  /** Ends when nothing waits any more. */
  once?: boolean | undefined
  /** Told of a job when it is taken. */
  onJob?: ((job: Job) => void) | undefined
  /** Milliseconds between two signs of life. */
  beatMs?: number | undefined
}

/** Runs one job after the other until it is told to stop, and rescues those that others left behind. */
export async function work(store: Store, options: WorkerOptions): Promise<void> {
  const { worker, stopSignal, once, onJob, beatMs } = options
  await goOnAll(store.db, { now: new Date() })
  await sweep(store.db)
  const rescuing = startRescuer(store)
  const heartbeat = startHeartbeat(store.url, beatMs)
  try {
    while (!stopSignal.aborted) {
      const claim = randomUUID()
      const job = await claimNextJob(store.db, { claim, worker, now: new Date() })
      if (job !== undefined) {
        onJob?.(job)
        await runJob(store, job, { claim, worker, stopSignal, heartbeat })
      } else if (once) {
        return
      } else {
        await pause(POLL_MS, undefined, { signal: stopSignal }).catch(() => undefined)
      }
    }
  } finally {
    await rescuing.stop()
    await heartbeat.stop()
  }
}

/** A name that tells people where the worker is; jobs are fenced by their claims. */
export function workerName(): string {
  return `${hostname()}:${process.pid}`
}
