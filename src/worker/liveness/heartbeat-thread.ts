// The thread that startHeartbeat starts. Modules load at the first beat: most commands end earlier.
import { parentPort, workerData } from 'node:worker_threads'
import type { Store } from '../../db/store.ts'
import type { HeartbeatData, HeartbeatOrder } from './heartbeat.ts'

const { url, worker, beatMs, progress }: HeartbeatData = workerData
const steps = new Int32Array(progress)
let claim: string | null = null
/** Steps that are reported already, or were another job's. */
let toldSteps = 0
/** The stall that was reported last. */
let stall: number | null = null
let store: Promise<Store> | undefined

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
      // The next tick retries. The same reason is reported once.
      const reason = await reasonFor(error)
      if (told !== String(reason)) parentPort?.postMessage(reason)
      told = String(reason)
    } finally {
      isUnderWay = false
    }
  }
  setInterval(() => void tryWork(), beatMs)
}

async function beatNow(): Promise<void> {
  const { db } = await openOnce()
  const { beat } = await import('../../engine/lifecycle/workers.ts')
  await beat(db, worker, { now: new Date(), claim })
}

async function tellSteps(): Promise<void> {
  if (claim === null) return
  const { db } = await openOnce()
  const { tellProgress } = await import('../../engine/lifecycle/progress.ts')
  const [held, made] = [claim, Atomics.load(steps, 0)]
  const sign = { claim: held, now: new Date(), quietMs: beatMs, stall }
  const told = await tellProgress(db, { ...sign, hasProgressed: made !== toldSteps })
  if (held !== claim) return
  ;({ stall } = told)
  if (told.isProgressTold) toldSteps = made
}

async function reasonFor(error: unknown): Promise<unknown> {
  const { reasonOf } = await import('../ground/outage-reporter.ts')
  return reasonOf(error)
}

/** One connection for both loops; after a failure the next call opens again. */
async function openOnce(): Promise<Store> {
  const { openStore } = await import('../../db/open.ts')
  store ??= openStore(url, { mustExist: true }).catch((error: unknown) => {
    store = undefined
    throw error
  })
  return await store
}
