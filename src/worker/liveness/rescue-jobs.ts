import type { Store } from '../../db/store.ts'
import { rescue } from '../../engine/lifecycle/rescuer.ts'
import { LivenessMonitor } from '../../engine/lifecycle/liveness-monitor.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { OutageReporter, type TellTrouble } from '../ground/outage-reporter.ts'

const RESCUE_MS = 2_000

export type RescuerOptions = {
  /** Told that jobs were taken up. One that is over with it has left something behind. */
  onRescue(): void
  log: WorkerLog
  /** Hears of trouble with the database where nobody else would meet it. */
  onTrouble?: TellTrouble | undefined
}

/** Takes up the jobs of workers that went silent, again and again. */
export function startRescuer(
  store: Store,
  { onRescue, log, onTrouble = () => undefined }: RescuerOptions,
): { stop(): Promise<void> } {
  const trouble = new OutageReporter(onTrouble)
  const watch = new LivenessMonitor()
  const look = async () => {
    const rescues = await rescue(store.db, { now: new Date(), watch })
    if (rescues.length > 0) onRescue()
  }
  let sweeping = Promise.resolve()
  let isSweeping = false
  const timer = setInterval(() => {
    if (isSweeping) return
    isSweeping = true
    sweeping = tryRescue(look, trouble, log).finally(() => (isSweeping = false))
  }, RESCUE_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
    },
  }
}

async function tryRescue(
  look: () => Promise<void>,
  trouble: OutageReporter,
  log: WorkerLog,
): Promise<void> {
  try {
    await trouble.run(look)
  } catch (error) {
    logFailure(log, 'Looking for lost jobs failed', error)
  }
}
