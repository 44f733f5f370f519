import { hashSource } from './source.ts'

export type HashBeside = {
  /** The source's SHA-256, once it is known. */
  known(): string | null
  /** Ends when it is known. */
  whole: Promise<void>
  stop(): void
}

/**
 * Hashes the whole file beside the import that reads it, while that leaves the database to others
 * between two batches. So a result can be held against the file itself, and a file that was touched
 * while the job was paused against what was read.
 * @param already its hash, where an earlier run came to know it
 */
export function hashBeside(path: string, already: string | null): HashBeside {
  let known = already
  const stopping = new AbortController()
  const whole =
    already === null
      ? hashSource(path, stopping.signal).then((sha256) => void (known = sha256))
      : Promise.resolve()
  // A run that stops does not wait for it, and must not trip over it.
  whole.catch(() => undefined)
  return { known: () => known, whole, stop: () => stopping.abort() }
}
