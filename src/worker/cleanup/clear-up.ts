import { rm } from 'node:fs/promises'
import type { Db, Store } from '../../db/store.ts'
import { clearCopies } from '../../engine/cleanup/clear-copies.ts'
import { cleanUpJob, runCleanup } from '../../engine/cleanup/cleanup-queue.ts'
import { removeUnusedFiles } from '../../engine/cleanup/unused-files.ts'
import { discardFiles } from '../../pipeline/export/export.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { reasonOf } from '../ground/outage-reporter.ts'

const FILES = { discardPart: discardFiles }
const fromDisk = (path: string) => rm(path, { force: true })
/** How often uploads that nobody finished are looked for. */
const EVERY_MS = 10 * 60_000

export type CleanupLoop = {
  /** Asks for a cleanup: a job has left something. */
  ask(): void
  /** Waits for the cleanup under way. */
  done(): Promise<void>
  stop(): Promise<void>
}

/** A failed cleanup and its reason: of one job, or of all where `id` is missing. */
export type UnclearedJob = { id?: number; reason: unknown }

/**
 * Cleans up after a job in a final status; a failed one is not final, as it may be started again. A
 * failed cleanup is logged and does not change how the job ended.
 */
export async function cleanUpAfter(
  db: Db,
  jobId: number,
  { log, signal }: { log: WorkerLog; signal?: AbortSignal | undefined },
): Promise<void> {
  try {
    const stuck = await cleanUpJob(db, jobId, FILES, signal)
    if (stuck !== undefined) tell(log, { id: stuck.id, reason: reasonOf(stuck.error) })
    for (const one of await clearFiles(db, signal)) tell(log, one)
  } catch (error) {
    tell(log, { id: jobId, reason: reasonOf(error) })
  }
}

/** Works off what other processes left because they stopped, died or had no time. Never rejects. */
export async function cleanUpAll(
  store: Pick<Store, 'db' | 'file'>,
  signal?: AbortSignal,
): Promise<UnclearedJob[]> {
  try {
    await clearCopies(store)
    const stuck = await runCleanup(store.db, FILES, signal)
    return [
      ...stuck.map(({ id, error }) => ({ id, reason: reasonOf(error) })),
      ...(await clearFiles(store.db, signal)),
    ]
  } catch (error) {
    return [{ reason: reasonOf(error) }]
  }
}

/** Removes the stored files that nobody uses any more. */
export async function clearFiles(db: Db, signal?: AbortSignal): Promise<UnclearedJob[]> {
  const stuck = await removeUnusedFiles(db, { now: new Date(), fromDisk, signal })
  return stuck.map(({ error }) => ({ reason: reasonOf(error) }))
}

/**
 * Cleans up in the background whenever asked, so that a large job's leftovers delay nobody.
 * @param clear works off the whole cleanup queue, in this thread or another
 */
export function startCleanup(
  clear: (signal: AbortSignal) => Promise<UnclearedJob[]>,
  log: WorkerLog,
): CleanupLoop {
  const stopping = new AbortController()
  /** Jobs whose failed cleanup is logged already: once each. */
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
  const ask = () => {
    isAsked = true
    clearing ??= clearWhileAsked()
  }
  const timer = setInterval(ask, EVERY_MS)
  timer.unref()
  return {
    ask,
    async done() {
      await clearing
    },
    async stop() {
      clearInterval(timer)
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
