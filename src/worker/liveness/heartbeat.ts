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

/** From the thread: why a heartbeat failed; that it has failed for too long; that a job waits. */
export type HeartbeatNews = { failure: unknown } | 'lost' | 'wake'

export type HeartbeatData = {
  url: string
  process: string
  worker: WorkerIdentity
  beatMs: number
  /** One Int32: counts the steps of the job between batches. */
  progress: SharedArrayBuffer
  /** Begins at once: for a process that waits for jobs. */
  isEager: boolean
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
  /**
   * Calls back when the database was out of reach for so long that others may soon take the job.
   * @returns what ends that
   */
  onLost(act: () => void): () => void
  /**
   * Resolves when a job begins to wait, at once where one has since the last call; after
   * `patienceMs` or when the signal aborts in any case.
   */
  woken(patienceMs: number, signal: AbortSignal): Promise<void>
  /** Stops the thread and removes the worker's row. */
  stop(): Promise<void>
}

export type HeartbeatOptions = {
  worker: WorkerIdentity
  log: WorkerLog
  beatMs?: number | undefined
  /** Begins at once: for a process that waits for jobs. */
  isEager?: boolean | undefined
}

/** Starts the heartbeat of a process, one for each; it does not keep the process alive. */
export function startHeartbeat(
  store: Store,
  { worker, log, beatMs = BEAT_MS, isEager = false }: HeartbeatOptions,
): HeartbeatThread {
  const { url, process, db } = store
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const steps = new Int32Array(progress)
  const thread = new Worker(programFile('worker/liveness/heartbeat-thread'), {
    workerData: { url, process, worker, beatMs, progress, isEager } satisfies HeartbeatData,
    resourceLimits: SMALL_THREAD,
  })
  thread.unref()
  // Resolves after an error too, where `once` of node:events would reject.
  const over = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const order = (what: HeartbeatOrder) => thread.postMessage(what)
  const losing = new Set<() => void>()
  let waking = Promise.withResolvers<void>()
  // Every batch is a sign of life too: without a heartbeat the job keeps its lease.
  thread.on('error', (error) => logFailure(log, 'The heartbeat stopped', error))
  thread.on('message', (news: HeartbeatNews) => {
    if (news === 'wake') waking.resolve()
    else if (news !== 'lost') logFailure(log, 'A heartbeat failed', news.failure)
    else {
      log.error({}, 'The database is out of reach for too long: what runs here stops.')
      for (const act of losing) act()
      store.cutConnections()
    }
  })
  return {
    beatFor: (claim) => order({ claim }),
    rest: () => order({ claim: null }),
    progressed: () => void Atomics.add(steps, 0, 1),
    onLost(act) {
      losing.add(act)
      return () => void losing.delete(act)
    },
    async woken(patienceMs, signal) {
      const over = new AbortController()
      const either = AbortSignal.any([signal, over.signal])
      const late = pause(patienceMs, undefined, { signal: either }).catch(() => undefined)
      await Promise.race([waking.promise, late])
      over.abort()
      waking = Promise.withResolvers()
    },
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
