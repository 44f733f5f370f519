import { kindOf } from '../../db/kind.ts'
import type { Store } from '../../db/store.ts'
import { rescue } from '../../engine/lifecycle/rescuer.ts'
import { LivenessMonitor } from '../../engine/lifecycle/liveness-monitor.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { OutageReporter, type TellOutage } from '../ground/outage-reporter.ts'

export type RescuerOptions = {
  /** Called after jobs were rescued. Those that ended by it may need a cleanup. */
  onRescue(): void
  log: WorkerLog
  /** Of the process: after it, no job is taken any more. */
  stopSignal?: AbortSignal | undefined
  /** Called on an outage of the database, where nothing else in the process would report it. */
  onOutage?: TellOutage | undefined
}

/** Looks every second or two for silent workers, and rescues their jobs. */
export function startRescuer(
  store: Store,
  { onRescue, log, stopSignal, onOutage = () => undefined }: RescuerOptions,
): { stop(): Promise<void> } {
  const outages = new OutageReporter(onOutage)
  const watch = new LivenessMonitor()
  const stopping = new AbortController()
  const ended = AbortSignal.any([stopping.signal, ...(stopSignal ? [stopSignal] : [])])
  const look = async () => {
    try {
      const rescues = await rescue(store.db, { now: new Date(), watch, stopSignal: ended })
      if (rescues.length > 0) onRescue()
    } catch (error) {
      watch.missed()
      throw error
    }
  }
  let sweeping = Promise.resolve()
  let isSweeping = false
  const timer = setInterval(() => {
    if (isSweeping) return
    isSweeping = true
    sweeping = tryRescue(look, outages, log).finally(() => (isSweeping = false))
  }, kindOf(store.db).patience.sweepMs)
  timer.unref()
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await sweeping
    },
  }
}

async function tryRescue(
  look: () => Promise<void>,
  outages: OutageReporter,
  log: WorkerLog,
): Promise<void> {
  try {
    await outages.run(look)
  } catch (error) {
    logFailure(log, 'Looking for lost jobs failed', error)
  }
}
