import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Db, Store } from '../../db/store.ts'
import { endWorker, type WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { programFile, SMALL_THREAD } from '../../installation.ts'

const BEAT_MS = 2_000
/** The longest that an ending process waits for the database. */
const LEAVE_MS = 1_000

/** The claim of the job that the process runs, if any. */
export type HeartbeatOrder = { claim: string | null } | 'stop'

export type HeartbeatData = {
  url: string
  worker: WorkerIdentity
  beatMs: number
  /** One Int32: counts the steps of the job between batches. */
  progress: SharedArrayBuffer
}

/**
 * Writes a worker's heartbeat and its job's progress from a thread of its own, so that no long
 * statement stops it.
 */
export type HeartbeatThread = {
  beatFor(claim: string): void
  rest(): void
  /** Counts a step of the job. */
  progressed(): void
  /** Stops the thread and removes the worker's row. */
  stop(): Promise<void>
}

export type HeartbeatOptions = {
  worker: WorkerIdentity
  log: WorkerLog
  beatMs?: number | undefined
}

/** Starts the heartbeat of a process, one for each; it does not keep the process alive. */
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
  // Resolves after an error too, where `once` of node:events would reject.
  const over = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const order = (what: HeartbeatOrder) => thread.postMessage(what)
  // Every batch is a sign of life too: without a heartbeat the job keeps its lease.
  thread.on('error', (error) => logFailure(log, 'The heartbeat stopped', error))
  thread.on('message', (reason: unknown) => logFailure(log, 'A heartbeat failed', reason))
  return {
    beatFor: (claim) => order({ claim }),
    rest: () => order({ claim: null }),
    progressed: () => void Atomics.add(steps, 0, 1),
    async stop() {
      // The thread ends itself: `terminate()` inside the database's native code may abort the process.
      thread.ref()
      order('stop')
      await over
      await leave(db, worker)
    },
  }
}

/** If the row can't be removed in time, a rescuer removes it once its lease has expired. */
async function leave(db: Db, worker: WorkerIdentity): Promise<void> {
  const leaving = endWorker(db, worker).catch(() => undefined)
  await Promise.race([leaving, pause(LEAVE_MS, undefined, { ref: false })])
}
