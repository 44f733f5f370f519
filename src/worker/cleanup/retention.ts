import type { Store } from '../../db/store.ts'
import { doubtPurge, type PurgeDoubt } from '../../engine/cleanup/doubt-purge.ts'
import { daysBefore, purge, type Purged } from '../../engine/cleanup/purge.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { filesIn } from '../../pipeline/export/result-file.ts'

const EVERY_MS = 60_000

export type RetentionOptions = {
  /** Days that a job is kept after its end; null: for ever. */
  keepDays: number | null
  /** The directory of the results that are deleted with their jobs. */
  outbox: string
  /** Asks for a cleanup, in the background, of what purged jobs left. */
  clearUp(): void
  onPurged(purged: Purged): void
  /** Called once for each doubt: why purging waits until an operator allows it. */
  onDoubt(doubt: PurgeDoubt): void
  log: WorkerLog
}

export type Retention = {
  /** Why purging is on hold at present. */
  doubt(): PurgeDoubt | undefined
  stop(): Promise<void>
}

/** Purges expired jobs at once and then every minute, unless `doubtPurge` has a doubt. */
export function startRetention(
  store: Store,
  { keepDays, outbox, clearUp, onPurged, onDoubt, log }: RetentionOptions,
): Retention {
  if (keepDays === null) return { doubt: () => undefined, stop: () => Promise.resolve() }
  const stopping = new AbortController()
  const { signal } = stopping
  let purging: Promise<void> | undefined
  let doubt: PurgeDoubt | undefined
  /** Jobs that can't be deleted and are reported already: once each, not every minute. */
  const stuck = new Set<number>()
  const look = () => {
    purging ??= purgeOnce().finally(() => (purging = undefined))
  }
  async function purgeOnce(): Promise<void> {
    try {
      // Retry: a cleanup that failed before may succeed by now.
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
