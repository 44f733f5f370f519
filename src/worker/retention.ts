import type { Store } from '../db/store.ts'
import { purge, type Purged } from '../engine/purge.ts'
import { filesIn } from '../pipeline/result-file.ts'

const EVERY_MS = 60_000
const DAY_MS = 86_400_000

export type RetentionOptions = {
  /** After how many days a job that is over goes; null: never. */
  keepDays: number | null
  /** Where results are kept that go with their jobs. */
  outbox: string
  /** Clears away, beside all else, what the purged have left. */
  clearUp(): void
  onPurged(purged: Purged): void
}

/** Purges jobs that are over for too long, at once and then every minute. */
export function startRetention(
  store: Store,
  { keepDays, outbox, clearUp, onPurged }: RetentionOptions,
): { stop(): Promise<void> } {
  if (keepDays === null) return { stop: () => Promise.resolve() }
  const stopping = new AbortController()
  const { signal } = stopping
  let purging: Promise<void> | undefined
  /** What can't be deleted is told once, and not every minute. */
  const stuck = new Set<number>()
  const look = () => {
    purging ??= purgeOnce().finally(() => (purging = undefined))
  }
  async function purgeOnce(): Promise<void> {
    try {
      // What could not be cleared away may have become possible.
      clearUp()
      const now = new Date()
      const overBefore = new Date(now.getTime() - Number(keepDays) * DAY_MS)
      const options = { now, overBefore, files: filesIn(outbox), signal }
      for await (const purged of purge(store.db, options)) {
        clearUp()
        if (purged.error === undefined || !stuck.has(purged.id)) onPurged(purged)
        if (purged.error !== undefined) stuck.add(purged.id)
      }
    } catch (error) {
      console.error('Looking for jobs to purge failed:', error)
    }
  }
  const timer = setInterval(look, EVERY_MS)
  timer.unref()
  look()
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await purging
    },
  }
}
