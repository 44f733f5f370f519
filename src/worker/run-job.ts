import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import { ClaimLostError, DatabaseLostError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { runExport } from '../pipeline/export.ts'
import { runImport } from '../pipeline/import.ts'
import type { Resume, RunPorts } from '../pipeline/ports.ts'
import { failureOf } from './failure-of.ts'
import { announceShutdown, report, type RunResult } from './report.ts'
import { startHeartbeat, type Heartbeat } from './heartbeat.ts'
import { runPorts, type PortOptions } from './run-ports.ts'

/** How long a run may take to reach the end of its batch after a shutdown was asked for. */
const GRACE_MS = 5_000

export type RunOptions = PortOptions & {
  /** The process's own, where it runs several jobs. */
  heartbeat?: Heartbeat | undefined
  /** Where results lie that belong to Tallyman. */
  outbox?: string | undefined
}

/**
 * Carries a claimed job to its end, or as far as it is allowed to go, and reports how it ended.
 * When `stopSignal` comes it is back within seconds, with a job that anybody can go on with.
 */
export async function runJob(store: Store, job: Job, options: RunOptions): Promise<void> {
  const { claim, worker } = options
  const held = { db: store.db, reserve: store.reserve, jobId: job.id, claim, worker }
  store.reserve.keep()
  const heartbeat = options.heartbeat ?? startHeartbeat(store.url)
  heartbeat.beatFor(claim)
  const over = new AbortController()
  const stop = whenAborted(options.stopSignal, over.signal)
  const grace = stop.then(async () => {
    await announceShutdown(held)
    await pause(GRACE_MS, undefined, { signal: over.signal })
    return 'stopped' as const
  })
  grace.catch(() => undefined)
  try {
    await report(held, await Promise.race([run(store, job, options), grace.catch(never)]))
  } finally {
    over.abort()
    if (options.heartbeat === undefined) await heartbeat.stop()
    else heartbeat.rest()
  }
}

async function run(store: Store, job: Job, options: RunOptions): Promise<RunResult> {
  try {
    return await execute(store, job, runPorts(store, job, options), options.outbox)
  } catch (error) {
    // Nothing can be told to a database that is gone.
    if (error instanceof DatabaseLostError) throw error
    return error instanceof ClaimLostError ? 'lost' : failureOf(error, job.id)
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
