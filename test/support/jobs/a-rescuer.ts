import { kindOf } from '../../../src/db/kind.ts'
import type { Db } from '../../../src/db/store.ts'
import { rescue, type Rescue } from '../../../src/engine/lifecycle/rescuer.ts'
import { LivenessMonitor } from '../../../src/engine/lifecycle/liveness-monitor.ts'

const SWEEP_SECONDS = 2
/** More than the lease. */
const LEASE_SECONDS = 12
/** For which the seconds of the tests are meant. */
const USUAL_LEASE_MS = 10_000

/** A rescuer whose own clock is moved by the test; it runs faster where the lease is longer. */
export function aRescuer(db: Db, stopSignal?: AbortSignal) {
  let clock = 0
  const pace = kindOf(db).patience.leaseMs / USUAL_LEASE_MS
  const watch = new LivenessMonitor(() => clock * pace)
  const sweep = (now: Date) => rescue(db, { now, watch, stopSignal })
  return {
    sweep,
    /** Sweeps at once, and every two seconds until so many are over by its clock. */
    async watchFor(seconds: number, now = new Date()): Promise<Rescue[]> {
      const rescues = await sweep(now)
      for (const end = clock + seconds * 1000; clock < end;) {
        clock += SWEEP_SECONDS * 1000
        rescues.push(...(await sweep(now)))
      }
      return rescues
    },
    /** Time goes by in which it does not sweep. */
    sleepFor: (seconds: number) => void (clock += seconds * 1000),
  }
}

/** What a rescuer comes to that watches for as long as the lease while nobody shows life. */
export async function rescueSilent(db: Db, now = new Date()): Promise<Rescue[]> {
  return await aRescuer(db).watchFor(LEASE_SECONDS, now)
}
