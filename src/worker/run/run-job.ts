import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../db/store.ts'
import { passingProblem } from '../../db/database-problem.ts'
import { BatchLostError, ClaimLostError, DatabaseLostError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { lastDifferential } from '../../engine/jobs/last-differential.ts'
import { runExport } from '../../pipeline/export/export.ts'
import { runImport } from '../../pipeline/import/import.ts'
import { isStop, type Resume, type RunPorts } from '../../pipeline/ports.ts'
import type { WorkerLog } from '../ground/log.ts'
import { Attempts, isInterrupted, LOST, type Interrupted } from './attempts.ts'
import { failureOf } from './failure-of.ts'
import { announceShutdown, reportOutcome, type RunResult } from './report-outcome.ts'
import { startHeartbeat, type HeartbeatThread } from '../liveness/heartbeat.ts'
import { startRunClock } from './run-clock.ts'
import { runPorts, type PortOptions } from './run-ports.ts'
import { hearStopRequests } from './stop-requests.ts'

/**
 * Grace period in which a run must end its batch after a stop request. A run that hangs in a
 * statement or a file is given up: its claim ends, and fencing rejects all its later writes.
 */
const GRACE_MS = 1_500

export type RunOptions = Omit<PortOptions, 'ranMs' | 'progressed'> & {
  log: WorkerLog
  /** The heartbeat of the process, where it runs several jobs; otherwise one is started. */
  heartbeat?: HeartbeatThread | undefined
  /** The directory of the results that Tallyman owns. */
  outbox?: string | undefined
}

type Running = RunOptions & PortOptions

/**
 * Runs a claimed job to its end or to a stop request, and stores how it ended. After a stop request
 * it returns within two seconds, and any worker can resume the job. A run that the database
 * interrupts goes on at the last checkpoint, as long as the job is still this worker's.
 * @returns `given_up` where the run itself could not be stopped: the process should exit soon
 */
export async function runJob(
  store: Store,
  job: Job,
  options: RunOptions,
): Promise<'ended' | 'given_up'> {
  const { claim, worker, log } = options
  store.file?.emergencySpace.keep()
  const heartbeat = options.heartbeat ?? startHeartbeat(store, { worker, log })
  heartbeat.beatFor(claim)
  try {
    const attempts = new Attempts(store.db, { ...options, jobId: job.id })
    for (let held: Job | undefined = job; held !== undefined;) {
      const end = await runOnce(store, held, { ...options, heartbeat, attempts })
      if (typeof end === 'string') return end
      held = await attempts.goOn(end.interrupted)
    }
    return 'ended'
  } finally {
    if (options.heartbeat === undefined) await heartbeat.stop()
    else heartbeat.rest()
  }
}

type OneRun = RunOptions & { heartbeat: HeartbeatThread; attempts: Attempts }

async function runOnce(
  store: Store,
  job: Job,
  options: OneRun,
): Promise<'ended' | 'given_up' | Interrupted> {
  const { claim, worker, stopSignal, heartbeat, attempts, log } = options
  const ranMs = startRunClock(job)
  const held = {
    db: store.db,
    emergencySpace: store.file?.emergencySpace,
    jobId: job.id,
    claim,
    worker: worker.name,
    ranMs,
    log,
  }
  const lost = new AbortController()
  const forgetLost = heartbeat.onLost(() => lost.abort())
  const requests = hearStopRequests(store.db, job.id, AbortSignal.any([stopSignal, lost.signal]))
  const over = new AbortController()
  const grace = whenAborted(requests.signal, over.signal).then(async () => {
    if (stopSignal.aborted) await announceShutdown(held)
    await pause(GRACE_MS, undefined, { signal: over.signal })
    return 'given_up' as const
  })
  grace.catch(() => undefined)
  try {
    const { progressed } = heartbeat
    const running = run(store, job, { ...options, ranMs, progressed, stopSignal: requests.signal })
    const result = await Promise.race([running, grace.catch(never)])
    if (isInterrupted(result)) {
      if (attempts.mayGoOn(job)) return result
      await reportOutcome(held, { reason: 'database_failed', params: result.interrupted })
      return 'ended'
    }
    if (result === 'stopped' && lost.signal.aborted && !stopSignal.aborted) return LOST
    await reportOutcome(held, result === 'given_up' ? 'stopped' : result)
    return result === 'given_up' ? result : 'ended'
  } finally {
    over.abort()
    requests.forget()
    forgetLost()
  }
}

async function run(store: Store, job: Job, options: Running): Promise<RunResult | Interrupted> {
  try {
    return await execute(store, job, await runPorts(store, job, options), options.outbox)
  } catch (error) {
    // Nothing can be stored in a database that is gone.
    if (error instanceof DatabaseLostError) throw error
    if (isStop(error, options)) return 'stopped'
    if (error instanceof BatchLostError) return LOST
    const interrupted = passingProblem(error)
    if (interrupted !== undefined) return { interrupted }
    return error instanceof ClaimLostError ? 'lost' : failureOf(error, job, options.log)
  }
}

function execute(store: Store, job: Job, ports: RunPorts, outbox: string | undefined) {
  const { checkpoint, counters } = job
  const resume: Resume = checkpoint === null ? undefined : { checkpoint, counters }
  const common = { store, jobId: job.id, resume, diedAfter: job.died_after, ports }
  return job.type === 'import'
    ? runImport({ ...common, specification: job.specification, stamps: stampsOf(job) })
    : runExport({
        ...common,
        specification: job.specification,
        outbox,
        lastRun: () => lastDifferential(store.db, job),
      })
}

/** Of a job that was paused, the time of its first start. */
function stampsOf(job: Job) {
  return {
    job: String(job.id),
    file: job.file_name,
    time: job.started_at ?? job.created_at,
    operator: job.started_by ?? job.created_by,
  }
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
