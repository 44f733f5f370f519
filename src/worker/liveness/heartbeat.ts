import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Db, Store } from '../../db/store.ts'
import { endWorker, type WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { programFile, SMALL_THREAD } from '../../installation.ts'

const BEAT_MS = 2_000
/** A process that ends waits for the database no longer. */
const LEAVE_MS = 1_000

/** The job that the process has taken, if any. */
export type HeartbeatOrder = { claim: string | null } | 'stop'

export type HeartbeatData = {
  url: string
  worker: WorkerIdentity
  beatMs: number
  /** Grows with every step of the job that no batch tells of. */
  progress: SharedArrayBuffer
}

/**
 * Tells that a worker is alive, and whether its job gets on, from a thread of its own: no statement
 * is so long that it stops.
 */
export type HeartbeatThread = {
  beatFor(claim: string): void
  rest(): void
  /** The job has made a step. */
  progressed(): void
  /** With it the worker ends. */
  stop(): Promise<void>
}

export type HeartbeatOptions = {
  worker: WorkerIdentity
  log: WorkerLog
  beatMs?: number | undefined
}

/** One for a process; it keeps no process alive. */
export function startHeartbeat(
  { url, db }: Store,
  { worker, log, beatMs = BEAT_MS }: HeartbeatOptions,
): HeartbeatThread {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const steps = new Int32Array(progress)
  const thread = new Worker(programFile('worker/liveness/heartbeat-thread'), {
    workerData: { url, worker, beatMs, progress } satisfies HeartbeatData,
    resourceLimits: SMALL_THREAD,
  })
  thread.unref()
  // Also where it failed, which `once` of node:events would answer with the failure.
  const over = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const order = (what: HeartbeatOrder) => thread.postMessage(what)
  // Every batch is a sign of life as well: the job is not lost with its heartbeat.
  thread.on('error', (error) => logFailure(log, 'The heartbeat stopped', error))
  thread.on('message', (reason: unknown) => logFailure(log, 'A heartbeat failed', reason))
  return {
    beatFor: (claim) => order({ claim }),
    rest: () => order({ claim: null }),
    progressed: () => void Atomics.add(steps, 0, 1),
    async stop() {
      // It ends itself: to terminate one that is inside of better-sqlite3 may abort the process.
      thread.ref()
      order('stop')
      await over
      await leave(db, worker)
    },
  }
}

/** A row that can't be removed is cleared away once it is silent. */
async function leave(db: Db, worker: WorkerIdentity): Promise<void> {
  const leaving = endWorker(db, worker).catch(() => undefined)
  await Promise.race([leaving, pause(LEAVE_MS, undefined, { ref: false })])
}
