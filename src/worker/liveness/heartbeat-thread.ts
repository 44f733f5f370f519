// What startHeartbeat starts. Nothing is loaded before the first beat: most jobs are over by then.
import { parentPort, workerData } from 'node:worker_threads'
import type { Store } from '../../db/store.ts'
import type { HeartbeatData, HeartbeatOrder } from './heartbeat.ts'

const { url, beatMs, progress }: HeartbeatData = workerData
const steps = new Int32Array(progress)
let claim: string | null = null
/** Those of its steps that were told, or were another job's. */
let told = 0
let store: Store | undefined
let isBeating = false

parentPort?.on('message', (order: HeartbeatOrder) => {
  // Of a thread, this is the end of the thread.
  if (order === 'stop') process.exit()
  ;({ claim } = order)
  told = Atomics.load(steps, 0)
})
setInterval(() => void tryBeat(), beatMs)

async function tryBeat(): Promise<void> {
  if (claim === null || isBeating) return
  isBeating = true
  try {
    await beat(claim)
  } catch (error) {
    // Another one follows.
    console.error('A heartbeat failed:', error)
  } finally {
    isBeating = false
  }
}

async function beat(held: string): Promise<void> {
  const { openStore } = await import('../../db/open.ts')
  const { beatIfSilent } = await import('../../engine/lifecycle/claim.ts')
  store ??= await openStore(url, { mustExist: true })
  const made = Atomics.load(steps, 0)
  const sign = { claim: held, silentMs: beatMs, hasProgressed: made !== told }
  if ((await beatIfSilent(store.db, sign)) && held === claim) told = made
}
