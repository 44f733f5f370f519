import { randomUUID } from 'node:crypto'
import { kindOf } from '../db/kind.ts'
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
import { OutageReporter, type TellOutage } from './ground/outage-reporter.ts'
import { workerIdentity } from './ground/worker-identity.ts'
import { watchDatabase } from './liveness/watch-database.ts'

export type WorkerOptions = {
  /** The name shown to people. */
  worker: string
  stopSignal: AbortSignal
  log: WorkerLog
  /** Ends when no job is waiting. */
  once?: boolean | undefined
  /** How many jobs work on one table at a time. */
  mostPerTable?: number | undefined
  /** Called when a job is claimed. */
  onJob?: ((job: Job) => void) | undefined
  /** Called once for each outage of the database, with its problem. */
  onOutage?: TellOutage | undefined
  /** The directory of the results that Tallyman owns. */
  outbox?: string | undefined
  /** Where given, the worker also purges jobs. */
  retention?: Omit<RetentionOptions, 'clearUp' | 'log'> | undefined
  /** Heartbeat interval in milliseconds. */
  beatMs?: number | undefined
}

/**
 * The worker loop: runs one job after the other until the stop signal, rescues the jobs of silent
 * workers and cleans up after them.
 * @returns `given_up` where a run could not be stopped and may keep the process alive
 */
export async function work(store: Store, options: WorkerOptions): Promise<'ended' | 'given_up'> {
  const { once, onJob, onOutage, outbox, beatMs, log, mostPerTable } = options
  const worker = workerIdentity(store, options.worker)
  const { pollMs } = kindOf(store.db).patience
  await resumeInterrupted(store.db, { now: new Date() })
  const clearing = startCleanup((signal) => cleanUpAll(store, signal), log)
  clearing.ask()
  const retention =
    options.retention && startRetention(store, { ...options.retention, clearUp: clearing.ask, log })
  const watching = watchDatabase(store)
  const stopSignal = AbortSignal.any([options.stopSignal, watching.signal])
  const rescuing = startRescuer(store, { onRescue: clearing.ask, log, stopSignal })
  const outages = new OutageReporter(onOutage ?? (() => undefined))
  const heartbeat = startHeartbeat(store, { worker, beatMs, log, isEager: once !== true })
  try {
    while (!stopSignal.aborted) {
      const claim = randomUUID()
      const take = () => claimNextJob(store.db, { claim, worker, mostPerTable, now: new Date() })
      // With `once`, an outage is an error: the command does not wait for it to pass.
      const job = once ? await take() : await outages.run(take)
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
        await heartbeat.woken(pollMs, stopSignal)
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
