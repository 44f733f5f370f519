import { Worker } from 'node:worker_threads'
import { programFile, SMALL_THREAD } from '../installation.ts'
import { hashSource, type SourceDescription } from './source.ts'

/** Below this a file is hashed sooner than a thread is started. */
const SMALL_BYTES = 4 * 1024 * 1024

export type HashBeside = {
  /** The source's SHA-256, once it is known. */
  known(): string | null
  /** Ends when it is known. */
  whole: Promise<void>
  stop(): void
}

/**
 * Hashes the whole file beside the import that reads it, so that a result can be held against the
 * file itself, and a file that was touched while the job was paused against what was read.
 * @param already its hash, where an earlier run came to know it
 */
export function hashBeside(
  path: string,
  { size }: SourceDescription,
  already: string | null,
): HashBeside {
  if (already !== null) {
    return { known: () => already, whole: Promise.resolve(), stop: () => undefined }
  }
  const { result, stop } = size < SMALL_BYTES ? hashHere(path) : hashInThread(path)
  let known: string | null = null
  const whole = result.then((sha256) => {
    known = sha256
  })
  // A run that stops does not wait for it, and must not trip over it.
  whole.catch(() => undefined)
  return { known: () => known, whole, stop }
}

function hashHere(path: string) {
  const stopping = new AbortController()
  return { result: hashSource(path, stopping.signal), stop: () => stopping.abort() }
}

function hashInThread(path: string) {
  const thread = new Worker(programFile('pipeline/hash-thread'), {
    workerData: { path },
    resourceLimits: SMALL_THREAD,
  })
  const result = new Promise<string>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  return { result, stop: () => void thread.terminate() }
}
