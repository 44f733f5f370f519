// The thread that startHeartbeat starts. Modules load at the first beat: most commands end earlier.
import { parentPort, workerData } from 'node:worker_threads'
import type { Store, WorkerSession } from '../../db/store.ts'
import type { HeartbeatData, HeartbeatNews, HeartbeatOrder } from './heartbeat.ts'

const { url, process: name, worker, beatMs, progress, isEager }: HeartbeatData = workerData
/** How often it looks whether it has been silent for too long. */
const SILENCE_LOOK_MS = 500
/** Sooner than the next beat: a session that was lost has little time to come back. */
const RETRY_MS = 500
const steps = new Int32Array(progress)
let claim: string | null = null
/** Steps that are reported already, or were another job's. */
let toldSteps = 0
/** The stall that was reported last. */
let stall: number | null = null
let opening: Promise<{ store: Store; session: WorkerSession }> | undefined
/** When the last heartbeat began that was stored. */
let beatenAt = performance.now()
let isLost = false

parentPort?.on('message', (order: HeartbeatOrder) => {
  // In a worker thread this ends only the thread.
  if (order === 'stop') process.exit()
  ;({ claim } = order)
  toldSteps = Atomics.load(steps, 0)
  stall = null
})
// Two loops: a batch may lock the job's row for long, and the heartbeat must not wait for it.
repeat(beatNow)
repeat(tellSteps)

function repeat(work: () => Promise<void>): void {
  let isUnderWay = false
  let told: string | undefined
  const tryWork = async () => {
    if (isUnderWay) return
    isUnderWay = true
    try {
      await work()
      told = undefined
    } catch (error) {
      // The same reason is reported once.
      const reason = await reasonFor(error)
      if (told !== String(reason)) tell({ failure: reason })
      told = String(reason)
      setTimeout(() => void tryWork(), Math.min(RETRY_MS, beatMs))
    } finally {
      isUnderWay = false
    }
  }
  if (isEager) void tryWork()
  setInterval(() => void tryWork(), beatMs)
}

async function beatNow(): Promise<void> {
  const { session } = await openOnce()
  const { beat } = await import('../../engine/lifecycle/workers.ts')
  const began = performance.now()
  await session.within(() =>
    beat(session.db, worker, { now: new Date(), claim, session: session.sign }),
  )
  beatenAt = began
  isLost = false
}

/** Nobody may start the job anew while it still runs here. */
function watchSilence(store: Store, limitMs: number): void {
  setInterval(() => {
    if (isLost || performance.now() - beatenAt < limitMs) return
    isLost = true
    store.cutConnections()
    tell('lost')
  }, SILENCE_LOOK_MS)
}

async function tellSteps(): Promise<void> {
  if (claim === null) return
  const { store } = await openOnce()
  const { tellProgress } = await import('../../engine/lifecycle/progress.ts')
  const [held, made] = [claim, Atomics.load(steps, 0)]
  const sign = { claim: held, now: new Date(), quietMs: beatMs, stall }
  const told = await tellProgress(store.db, { ...sign, hasProgressed: made !== toldSteps })
  if (held !== claim) return
  ;({ stall } = told)
  if (told.isProgressTold) toldSteps = made
}

function tell(news: HeartbeatNews): void {
  parentPort?.postMessage(news)
}

async function reasonFor(error: unknown): Promise<unknown> {
  const { reasonOf } = await import('../ground/outage-reporter.ts')
  return reasonOf(error)
}

/** One session for the heartbeat, one connection for progress; after a failure anew. */
async function openOnce(): Promise<{ store: Store; session: WorkerSession }> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined
    throw error
  })
  return await opening
}

async function open() {
  const { openStore } = await import('../../db/open.ts')
  const { kindOf } = await import('../../db/kind.ts')
  const store = await openStore(url, { mustExist: true, process: name, most: 1 })
  const { selfStopMs } = kindOf(store.db).patience
  if (selfStopMs !== undefined) watchSilence(store, selfStopMs)
  return { store, session: store.openSession(() => tell('wake')) }
}
