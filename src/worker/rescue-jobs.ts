import type { Db, Store } from '../db/store.ts'
import { rescue, type Rescue, type Sweep } from '../engine/rescuer.ts'
import { Watch } from '../engine/watch.ts'
import { clearUp } from './clear-up.ts'
import { Trouble, type TellTrouble } from './trouble.ts'

const RESCUE_MS = 2_000

/** Takes up the jobs of workers that went silent, and clears up behind those that are over with it. */
export async function rescueJobs(db: Db, sweep: Sweep): Promise<Rescue[]> {
  const rescues = await rescue(db, sweep)
  for (const { jobId } of rescues) await clearUp(db, jobId)
  return rescues
}

/**
 * Does so again and again.
 * @param tell hears of trouble with the database where nobody else would meet it
 */
export function startRescuer(
  store: Store,
  tell: TellTrouble = () => undefined,
): { stop(): Promise<void> } {
  const trouble = new Trouble(tell)
  const watch = new Watch()
  let sweeping = Promise.resolve()
  let isSweeping = false
  const timer = setInterval(() => {
    if (isSweeping) return
    isSweeping = true
    sweeping = tryRescue(store, watch, trouble).finally(() => (isSweeping = false))
  }, RESCUE_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
    },
  }
}

async function tryRescue(store: Store, watch: Watch, trouble: Trouble): Promise<void> {
  try {
    await trouble.through(() => rescueJobs(store.db, { now: new Date(), watch }))
  } catch (error) {
    console.error('Looking for lost jobs failed:', error)
  }
}
