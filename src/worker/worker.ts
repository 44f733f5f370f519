import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import { claimNextJob } from '../engine/claim.ts'
import { sweep } from '../engine/delete-job.ts'
import { goOnAll, rescue } from '../engine/rescuer.ts'
import { Watch } from '../engine/watch.ts'
import { startHeartbeat } from './heartbeat.ts'
import { runJob } from './run-job.ts'

const POLL_MS = 500
const RESCUE_MS = 2_000

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

/** Takes up the jobs of workers that went silent, again and again. */
export function startRescuer(store: Store): { stop(): Promise<void> } {
  const watch = new Watch()
  let sweeping = Promise.resolve()
  let isSweeping = false
  const timer = setInterval(() => {
    if (isSweeping) return
    isSweeping = true
    sweeping = rescueOnce(store, watch).finally(() => (isSweeping = false))
  }, RESCUE_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
    },
  }
}

async function rescueOnce(store: Store, watch: Watch): Promise<void> {
  try {
    await rescue(store.db, { now: new Date(), watch })
  } catch (error) {
    console.error('Looking for lost jobs failed:', error)
  }
}
