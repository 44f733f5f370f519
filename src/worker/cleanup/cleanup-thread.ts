import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Store, WaitingWriters } from '../../db/store.ts'
import { isAnythingLeft } from '../../engine/cleanup/cleanup-queue.ts'
import { isAnyFileUnused } from '../../engine/cleanup/unused-files.ts'
import { programFile, SMALL_THREAD } from '../../installation.ts'
import type { UnclearedJob } from './clear-up.ts'
import { reasonOf } from '../ground/outage-reporter.ts'

/** The database to clean up, and the writers of the process whose writes come first. */
export type CleanupOptions = { url: string; writers: WaitingWriters | undefined }
export type CleanupOrder = 'stop'

/**
 * Works off the cleanup queue in a thread with a connection of its own, so that the main thread
 * neither waits for the database nor checkpoints what the cleanup wrote. Never rejects.
 */
export async function cleanUpInThread(store: Store, signal: AbortSignal): Promise<UnclearedJob[]> {
  try {
    const copies = store.file?.copies.list() ?? []
    const isLeft =
      copies.length > 0 ||
      (await isAnythingLeft(store.db)) ||
      (await isAnyFileUnused(store.db, new Date()))
    if (!isLeft || signal.aborted) return []
    return await runThread(store, signal)
  } catch (error) {
    return [{ reason: reasonOf(error) }]
  }
}

async function runThread({ url, file }: Store, signal: AbortSignal): Promise<UnclearedJob[]> {
  const thread = new Worker(programFile('worker/cleanup/clearing-thread'), {
    workerData: { url, writers: file?.writers } satisfies CleanupOptions,
    resourceLimits: SMALL_THREAD,
  })
  const found: UnclearedJob[] = []
  thread.on('message', (uncleared: UnclearedJob[]) => void found.push(...uncleared))
  // The thread ends itself: `terminate()` inside the database's native code may abort the process.
  const stop = () => thread.postMessage('stop' satisfies CleanupOrder)
  signal.addEventListener('abort', stop)
  try {
    await once(thread, 'exit')
    return found
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
