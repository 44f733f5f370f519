import type { Store } from '../../db/store.ts'
import { doubtPurge, type PurgeDoubt } from '../../engine/cleanup/doubt-purge.ts'
import { daysBefore, purge, type Purged } from '../../engine/cleanup/purge.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { filesIn } from '../../pipeline/export/result-file.ts'

const EVERY_MS = 60_000

export type RetentionOptions = {
  /** After how many days a job that is over goes; null: never. */
  keepDays: number | null
  /** Where results are kept that go with their jobs. */
  outbox: string
  /** Clears away, beside all else, what the purged have left. */
  clearUp(): void
  onPurged(purged: Purged): void
  /** Told, once each time, why nothing is purged before somebody says so. */
  onDoubt(doubt: PurgeDoubt): void
  log: WorkerLog
}

export type Retention = {
  /** Why nothing is purged at present. */
  doubt(): PurgeDoubt | undefined
  stop(): Promise<void>
}

/** Purges jobs that are over for too long, at once and then every minute, unless that is in doubt. */
export function startRetention(
  store: Store,
  { keepDays, outbox, clearUp, onPurged, onDoubt, log }: RetentionOptions,
): Retention {
  if (keepDays === null) return { doubt: () => undefined, stop: () => Promise.resolve() }
  const stopping = new AbortController()
  const { signal } = stopping
  let purging: Promise<void> | undefined
  let doubt: PurgeDoubt | undefined
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
      const overBefore = daysBefore(now, Number(keepDays))
      const found = await doubtPurge(store.db, { now, overBefore })
      if (found !== undefined && found.problem !== doubt?.problem) onDoubt(found)
      doubt = found
      if (doubt !== undefined) return
      const options = { now, overBefore, files: filesIn(outbox), signal }
      for await (const purged of purge(store.db, options)) {
        clearUp()
        if (purged.error === undefined || !stuck.has(purged.id)) onPurged(purged)
        if (purged.error !== undefined) stuck.add(purged.id)
      }
    } catch (error) {
      logFailure(log, 'Looking for jobs to purge failed', error)
    }
  }
  const timer = setInterval(look, EVERY_MS)
  timer.unref()
  look()
  return {
    doubt: () => doubt,
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await purging
    },
  }
}
