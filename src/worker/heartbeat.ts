import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

const BEAT_MS = 2_000
/** TypeScript in a checkout, JavaScript where it was compiled. */
const THREAD = new URL(`./heartbeat-thread${extname(import.meta.url)}`, import.meta.url)

/** Tells that a worker is alive, from a thread of its own: no statement is so long that it stops. */
export type Heartbeat = {
  beatFor(claim: string): void
  rest(): void
  stop(): Promise<void>
}

/** One for a process; it keeps no process alive. */
export function startHeartbeat(url: string, beatMs = BEAT_MS): Heartbeat {
  const thread = new Worker(THREAD, { workerData: { url, beatMs } })
  thread.unref()
  // Every batch is a sign of life as well: the job is not lost with its heartbeat.
  thread.on('error', (error) => console.error('The heartbeat stopped:', error))
  return {
    beatFor: (claim) => thread.postMessage(claim),
    rest: () => thread.postMessage(null),
    async stop() {
      await thread.terminate()
    },
  }
}
