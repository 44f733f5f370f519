// The thread that cleanUpInThread starts.
import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from '../../db/open.ts'
import type { CleanupOptions } from './cleanup-thread.ts'
import { cleanUpAll, type UnclearedJob } from './clear-up.ts'
import { reasonOf } from '../ground/outage-reporter.ts'

const { url, writers }: CleanupOptions = workerData
const stopping = new AbortController()
parentPort?.once('message', () => stopping.abort())

parentPort?.postMessage(await clear())
parentPort?.close()

async function clear(): Promise<UnclearedJob[]> {
  try {
    const store = await openStore(url, { mustExist: true, priority: { after: writers } })
    const uncleared = await cleanUpAll(store, stopping.signal)
    await store.close()
    return uncleared
  } catch (error) {
    return [{ reason: reasonOf(error) }]
  }
}
