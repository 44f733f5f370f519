import type { Db, Store } from '../db/store.ts'
import { isFinal } from '../domain/status.ts'
import { rescue, type Rescue, type Sweep } from '../engine/rescuer.ts'
import { Watch } from '../engine/watch.ts'
import { clearUp } from './clear-up.ts'

const RESCUE_MS = 2_000

/** Takes up the jobs of workers that went silent, and clears up behind those that are over with it. */
export async function rescueJobs(db: Db, sweep: Sweep): Promise<Rescue[]> {
  const rescues = await rescue(db, sweep)
  for (const { jobId, status } of rescues) if (isFinal(status)) await clearUp(db, jobId)
  return rescues
}

/** Does so again and again. */
export function startRescuer(store: Store): { stop(): Promise<void> } {
  const watch = new Watch()
  let sweeping = Promise.resolve()
  let isSweeping = false
  const timer = setInterval(() => {
    if (isSweeping) return
    isSweeping = true
    sweeping = tryRescue(store, watch).finally(() => (isSweeping = false))
  }, RESCUE_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
    },
  }
}

async function tryRescue(store: Store, watch: Watch): Promise<void> {
  try {
    await rescueJobs(store.db, { now: new Date(), watch })
  } catch (error) {
    console.error('Looking for lost jobs failed:', error)
  }
}
