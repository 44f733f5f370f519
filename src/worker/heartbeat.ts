import { Worker } from 'node:worker_threads'
import { programFile, SMALL_THREAD } from '../installation.ts'

const BEAT_MS = 2_000

/** Tells that a worker is alive, from a thread of its own: no statement is so long that it stops. */
export type Heartbeat = {
  beatFor(claim: string): void
  rest(): void
  stop(): Promise<void>
}

/** One for a process; it keeps no process alive. */
export function startHeartbeat(url: string, beatMs = BEAT_MS): Heartbeat {
  const thread = new Worker(programFile('worker/heartbeat-thread'), {
    workerData: { url, beatMs },
    resourceLimits: SMALL_THREAD,
  })
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
