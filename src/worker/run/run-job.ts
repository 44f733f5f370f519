import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../db/store.ts'
import { ClaimLostError, DatabaseLostError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { runExport } from '../../pipeline/export/export.ts'
import { runImport } from '../../pipeline/import/import.ts'
import { isStop, type Resume, type RunPorts } from '../../pipeline/ports.ts'
import type { WorkerLog } from '../ground/log.ts'
import { failureOf } from './failure-of.ts'
import { announceShutdown, reportOutcome, type RunResult } from './report-outcome.ts'
import { startHeartbeat, type HeartbeatThread } from '../liveness/heartbeat.ts'
import { startRunClock } from './run-clock.ts'
import { runPorts, type PortOptions } from './run-ports.ts'
import { hearStopRequests } from './stop-requests.ts'

/**
 * How long a run may take to reach the end of its batch after it was asked to stop. One that is
 * inside of a statement or a file that does not answer is given up: its claim ends, and with it all
 * that it could still write.
 */
const GRACE_MS = 1_500

export type RunOptions = Omit<PortOptions, 'ranMs' | 'progressed'> & {
  log: WorkerLog
  /** The process's own, where it runs several jobs. */
  heartbeat?: HeartbeatThread | undefined
  /** Where results lie that belong to Tallyman. */
  outbox?: string | undefined
}

type Running = RunOptions & PortOptions

/**
 * Carries a claimed job to its end, or as far as it is allowed to go, and reports how it ended.
 * When somebody asks for it to stop it is back within two seconds, with a job that anybody can go on
 * with.
 * @returns `given_up` where the run itself could not be stopped: this process should end soon
 */
export async function runJob(
  store: Store,
  job: Job,
  options: RunOptions,
): Promise<'ended' | 'given_up'> {
  const { claim, worker, stopSignal, log } = options
  const ranMs = startRunClock(job)
  const held = {
    db: store.db,
    reserve: store.file?.reserve,
    jobId: job.id,
    claim,
    worker: worker.name,
    ranMs,
    log,
  }
  store.file?.reserve.keep()
  const heartbeat = options.heartbeat ?? startHeartbeat(store, { worker, log })
  heartbeat.beatFor(claim)
  const requests = hearStopRequests(store.db, job.id, stopSignal)
  const over = new AbortController()
  const grace = whenAborted(requests.signal, over.signal).then(async () => {
    if (stopSignal.aborted) await announceShutdown(held)
    await pause(GRACE_MS, undefined, { signal: over.signal })
    return 'given_up' as const
  })
  grace.catch(() => undefined)
  try {
    const { progressed } = heartbeat
    const stopSignal = requests.signal
    const running = run(store, job, { ...options, ranMs, progressed, stopSignal })
    const result = await Promise.race([running, grace.catch(never)])
    await reportOutcome(held, result === 'given_up' ? 'stopped' : result)
    return result === 'given_up' ? result : 'ended'
  } finally {
    over.abort()
    requests.forget()
    if (options.heartbeat === undefined) await heartbeat.stop()
    else heartbeat.rest()
  }
}

async function run(store: Store, job: Job, options: Running): Promise<RunResult> {
  try {
    return await execute(store, job, runPorts(store, job, options), options.outbox)
  } catch (error) {
    // Nothing can be told to a database that is gone.
    if (error instanceof DatabaseLostError) throw error
    if (isStop(error, options)) return 'stopped'
    return error instanceof ClaimLostError ? 'lost' : failureOf(error, job.id, options.log)
  }
}

function execute(store: Store, job: Job, ports: RunPorts, outbox: string | undefined) {
  const { checkpoint, counters } = job
  const resume: Resume = checkpoint === null ? undefined : { checkpoint, counters }
  const common = { store, jobId: job.id, resume, diedAfter: job.died_after, ports }
  return job.type === 'import'
    ? runImport({ ...common, specification: job.specification })
    : runExport({ ...common, specification: job.specification, outbox })
}

function whenAborted(signal: AbortSignal, unless: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: unless })
  })
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}
