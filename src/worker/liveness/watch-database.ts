import type { Store } from '../../db/store.ts'
import { DatabaseLostError } from '../../domain/words/errors.ts'

const LOOK_MS = 1_000

/**
 * Aborts when the database file is no longer at the path where it was opened: later connections
 * would not see what is written from then on, and it might be lost.
 */
export function watchDatabase(store: Store): { signal: AbortSignal; stop(): void } {
  const lost = new AbortController()
  const timer = setInterval(() => {
    if (!lost.signal.aborted && store.file?.isInPlace() === false) {
      lost.abort(new DatabaseLostError({ problem: 'database_moved', database: store.url }))
    }
  }, LOOK_MS)
  timer.unref()
  return { signal: lost.signal, stop: () => clearInterval(timer) }
}
