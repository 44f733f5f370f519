import type { Store } from '../../../src/db/store.ts'
import { work, type WorkerOptions } from '../../../src/worker/worker.ts'
import { aLog } from '../programs/a-log.ts'

/** Runs, in this process, all jobs that wait. */
export async function runWaiting(
  store: Store,
  options: Partial<WorkerOptions> = {},
): Promise<void> {
  const { signal: stopSignal } = new AbortController()
  await work(store, { worker: 'worker-1', log: aLog().log, stopSignal, once: true, ...options })
}
