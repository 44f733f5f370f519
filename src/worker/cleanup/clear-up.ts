import type { Db, Store } from '../../db/store.ts'
import { clearCopies } from '../../engine/cleanup/clear-copies.ts'
import { cleanUpJob, runCleanup } from '../../engine/cleanup/cleanup-queue.ts'
import { discardFiles } from '../../pipeline/export/export.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { reasonOf } from '../ground/outage-reporter.ts'

const FILES = { discardPart: discardFiles }

export type CleanupLoop = {
  /** Somebody has left something. */
  ask(): void
  /** Waits for what is under way. */
  done(): Promise<void>
  stop(): Promise<void>
}

/** What can't be cleared away, and why: of one job, or of all where none is named. */
export type UnclearedJob = { id?: number; reason: unknown }

/**
 * Clears away what a job leaves that is over for good; one that failed may go on. A job has ended as
 * it has ended, also where this can't be done.
 */
export async function cleanUpAfter(
  db: Db,
  jobId: number,
  { log, signal }: { log: WorkerLog; signal?: AbortSignal | undefined },
): Promise<void> {
  try {
    const stuck = await cleanUpJob(db, jobId, FILES, signal)
    if (stuck !== undefined) tell(log, { id: stuck.id, reason: reasonOf(stuck.error) })
  } catch (error) {
    tell(log, { id: jobId, reason: reasonOf(error) })
  }
}

/** Goes on with what others left who were stopped, died, or had no time for it. It never fails. */
export async function cleanUpAll(
  store: Pick<Store, 'db' | 'file'>,
  signal?: AbortSignal,
): Promise<UnclearedJob[]> {
  try {
    await clearCopies(store)
    const stuck = await runCleanup(store.db, FILES, signal)
    return stuck.map(({ id, error }) => ({ id, reason: reasonOf(error) }))
  } catch (error) {
    return [{ reason: reasonOf(error) }]
  }
}

/**
 * Does so whenever it is asked to, beside all else: what a large job leaves holds nobody up.
 * @param clear goes on with all that was left, here or elsewhere
 */
export function startCleanup(
  clear: (signal: AbortSignal) => Promise<UnclearedJob[]>,
  log: WorkerLog,
): CleanupLoop {
  const stopping = new AbortController()
  /** That something of a job can't be removed is told once, and not each time. */
  const told = new Set<number>()
  let isAsked = false
  let clearing: Promise<void> | undefined
  const clearWhileAsked = async () => {
    while (isAsked && !stopping.signal.aborted) {
      isAsked = false
      for (const one of await clear(stopping.signal)) {
        if (one.id === undefined || !told.has(one.id)) tell(log, one)
        if (one.id !== undefined) told.add(one.id)
      }
    }
    clearing = undefined
  }
  return {
    ask() {
      isAsked = true
      clearing ??= clearWhileAsked()
    },
    async done() {
      await clearing
    },
    async stop() {
      stopping.abort()
      await clearing
    },
  }
}

function tell(log: WorkerLog, { id, reason }: UnclearedJob): void {
  const sentence =
    id === undefined
      ? 'Clearing away what jobs have left failed'
      : `What job ${id} has left can't be removed; it is tried again later`
  logFailure(log, sentence, reason)
}
