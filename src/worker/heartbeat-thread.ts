// What startHeartbeat starts. Nothing is loaded before the first beat: most jobs are over by then.
import { parentPort, workerData } from 'node:worker_threads'
import type { Store } from '../db/store.ts'
import type { HeartbeatOrder } from './heartbeat.ts'

const { url, beatMs }: { url: string; beatMs: number } = workerData
let claim: string | null = null
let store: Store | undefined
let isBeating = false

parentPort?.on('message', (order: HeartbeatOrder) => {
  // Of a thread, this is the end of the thread.
  if (order === 'stop') process.exit()
  ;({ claim } = order)
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
  const { openStore } = await import('../db/open.ts')
  const { beatIfSilent } = await import('../engine/claim.ts')
  store ??= await openStore(url, { mustExist: true })
  await beatIfSilent(store.db, { claim: held, silentMs: beatMs })
}
