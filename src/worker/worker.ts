import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import type { Job } from '../domain/jobs/job.ts'
import { claimNextJob } from '../engine/lifecycle/claim.ts'
import { resumeInterrupted } from '../engine/lifecycle/rescuer.ts'
import { cleanUpAll, startCleanup } from './cleanup/clear-up.ts'
import { startHeartbeat } from './liveness/heartbeat.ts'
import { startRescuer } from './liveness/rescue-jobs.ts'
import { startRetention, type RetentionOptions } from './cleanup/retention.ts'
import { runJob } from './run/run-job.ts'
import type { WorkerLog } from './ground/log.ts'
import { OutageReporter, type TellTrouble } from './ground/outage-reporter.ts'
import { workerIdentity } from './ground/worker-identity.ts'
import { watchDatabase } from './liveness/watch-database.ts'

const POLL_MS = 500

export type WorkerOptions = {
  /** What people know it by. */
  worker: string
  stopSignal: AbortSignal
  log: WorkerLog
  /** Ends when nothing waits any more. */
  once?: boolean | undefined
  /** Told of a job when it is taken. */
  onJob?: ((job: Job) => void) | undefined
  /** Told, once each time, what keeps the database from being used. */
  onTrouble?: TellTrouble | undefined
  /** Where results lie that belong to Tallyman. */
  outbox?: string | undefined
  /** Purges jobs as well, where it says so. */
  retention?: Omit<RetentionOptions, 'clearUp' | 'log'> | undefined
  /** Milliseconds between two signs of life. */
  beatMs?: number | undefined
}

/**
 * Runs one job after the other until it is told to stop, and looks after those that others left.
 * @returns `given_up` where a run could not be stopped and may hold the process
 */
export async function work(store: Store, options: WorkerOptions): Promise<'ended' | 'given_up'> {
  const { once, onJob, onTrouble, outbox, beatMs, log } = options
  const worker = workerIdentity(options.worker)
  await resumeInterrupted(store.db, { now: new Date() })
  const clearing = startCleanup((signal) => cleanUpAll(store, signal), log)
  clearing.ask()
  const rescuing = startRescuer(store, { onRescue: clearing.ask, log })
  const retention =
    options.retention && startRetention(store, { ...options.retention, clearUp: clearing.ask, log })
  const watching = watchDatabase(store)
  const stopSignal = AbortSignal.any([options.stopSignal, watching.signal])
  const trouble = new OutageReporter(onTrouble ?? (() => undefined))
  const heartbeat = startHeartbeat(store, { worker, beatMs, log })
  try {
    while (!stopSignal.aborted) {
      const claim = randomUUID()
      const take = () => claimNextJob(store.db, { claim, worker, now: new Date() })
      // Who runs what waits and no more has nobody to wait for.
      const job = once ? await take() : await trouble.run(take)
      if (job !== undefined) {
        onJob?.(job)
        const end = await runJob(store, job, {
          claim,
          worker,
          stopSignal,
          heartbeat,
          outbox,
          log,
        })
        clearing.ask()
        if (end === 'given_up') return end
      } else if (once) {
        await retention?.stop()
        await clearing.done()
        return 'ended'
      } else {
        await pause(POLL_MS, undefined, { signal: stopSignal }).catch(() => undefined)
      }
    }
    watching.signal.throwIfAborted()
    return 'ended'
  } finally {
    watching.stop()
    await rescuing.stop()
    await retention?.stop()
    await clearing.stop()
    await heartbeat.stop()
  }
}
