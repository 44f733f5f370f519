import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Store } from '../../db/store.ts'
import { isAnythingLeft } from '../../engine/cleanup/cleanup-queue.ts'
import { programFile, SMALL_THREAD } from '../../installation.ts'
import type { Uncleared } from './clear-up.ts'
import { reasonOf } from '../trouble.ts'

/** Whose leftovers, and behind whom. */
export type ClearingOf = { url: string; ahead: SharedArrayBuffer | undefined }
export type ClearingOrder = 'stop'

/**
 * Goes on with all that was left in a thread, over a connection of its own: who must not stand still
 * neither waits with it for the database nor moves into it what it wrote. It never fails.
 */
export async function clearUpBeside(store: Store, signal: AbortSignal): Promise<Uncleared[]> {
  try {
    const copies = store.file?.copies.list() ?? []
    const isLeft = copies.length > 0 || (await isAnythingLeft(store.db))
    if (!isLeft || signal.aborted) return []
    return await runThread(store, signal)
  } catch (error) {
    return [{ reason: reasonOf(error) }]
  }
}

async function runThread({ url, file }: Store, signal: AbortSignal): Promise<Uncleared[]> {
  const thread = new Worker(programFile('worker/cleanup/clearing-thread'), {
    workerData: { url, ahead: file?.waiting } satisfies ClearingOf,
    resourceLimits: SMALL_THREAD,
  })
  const found: Uncleared[] = []
  thread.on('message', (uncleared: Uncleared[]) => void found.push(...uncleared))
  // It ends itself: to terminate one that is inside of better-sqlite3 may abort the process.
  const stop = () => thread.postMessage('stop' satisfies ClearingOrder)
  signal.addEventListener('abort', stop)
  try {
    await once(thread, 'exit')
    return found
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
