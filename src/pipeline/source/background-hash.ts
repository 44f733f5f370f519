import type { SourceFile } from './source-file.ts'

export type BackgroundHash = {
  /** Ends when the hash is known. */
  whole: Promise<void>
  stop(): void
}

/**
 * Hashes the whole file beside the import that reads it, while that leaves the database to others
 * between two batches. So a result can be held against the file itself, and a file that was touched
 * meanwhile against what was read.
 */
export function hashInBackground(source: SourceFile): BackgroundHash {
  const stopping = new AbortController()
  const whole = source.sha256 === null ? source.hash(stopping.signal) : Promise.resolve()
  // A run that stops does not wait for it, and must not trip over it.
  whole.catch(() => undefined)
  return { whole, stop: () => stopping.abort() }
}
