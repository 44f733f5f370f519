import type { SourceFile } from './source-file.ts'

export type BackgroundHash = {
  /** Resolves when the hash is complete. */
  whole: Promise<void>
  stop(): void
}

/**
 * Hashes the whole file in the background while the import leaves the database to others between
 * batches. So a result can be checked against the file itself, and a file that is touched meanwhile
 * against what was read.
 */
export function hashInBackground(source: Pick<SourceFile, 'sha256' | 'hash'>): BackgroundHash {
  const stopping = new AbortController()
  const whole = source.sha256 === null ? source.hash(stopping.signal) : Promise.resolve()
  // A run that stops does not wait for the hash, so a rejection must not be unhandled.
  whole.catch(() => undefined)
  return { whole, stop: () => stopping.abort() }
}
