import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { hasResult, type Job } from '../../domain/jobs/job.ts'
import { unlinkFiles } from '../jobs/job-files.ts'
import { findJob } from '../jobs/jobs.ts'

/** Target time in ms for which one piece holds the write lock: requests wait for it. */
const PIECE_MS = 10
const PIECE = { min: 100, max: 10_000 }
const TURN_MS = 3

/** The child tables of a job, each with the column by which it is deleted in pieces. */
export const CHILD_TABLES = [
  ['tallyman_key', 'key'],
  ['tallyman_postponed', 'record'],
  ['tallyman_reject', 'record'],
  ['tallyman_reject_kind', 'kind'],
  ['tallyman_repair', 'record'],
  ['tallyman_correction', 'record'],
  ['tallyman_sample', 'tick'],
  ['tallyman_change', 'seq'],
  ['tallyman_journal', 'id'],
] as const
type ChildTable = (typeof CHILD_TABLES)[number]

/** Tables that only a job still to be run needs: keys (to detect doubles) and postponed records. */
const OF_RUNS: ChildTable[] = [CHILD_TABLES[0], CHILD_TABLES[1]]

export type PartFiles = {
  /** Removes the part file of an unfinished export. */
  discardPart(job: Job): Promise<void>
}

/** A job whose cleanup failed because a file could not be removed, and the reason. */
export type CleanupFailure = { id: number; error: unknown }

/** Adds a job to the cleanup queue, in the transaction that ends or deletes it. Idempotent. */
export async function enqueueCleanup(trx: Trx, id: number): Promise<void> {
  await trx
    .insertInto('tallyman_leftover')
    .values({ job_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Cleans up after a job in a final status or a deleted one, in pieces short enough to block nobody.
 * If the process dies, or a file can't be removed, the next `runCleanup` continues.
 */
export async function cleanUpJob(
  db: Db,
  id: number,
  files: PartFiles,
  signal?: AbortSignal,
): Promise<CleanupFailure | undefined> {
  while (await isLeft(db, id)) {
    const job = await findJob(db, id)
    const belongings = job === undefined ? CHILD_TABLES : OF_RUNS
    for (const belonging of belongings) await deleteInPieces(db, id, belonging, signal)
    if (signal?.aborted) return undefined
    try {
      if (job !== undefined) {
        await files.discardPart(job)
        if (needsNoFile(job)) await db.transaction().execute((trx) => unlinkFiles(trx, id))
      }
    } catch (error) {
      return { id, error }
    }
    await dequeue(db, id, job !== undefined)
  }
  return undefined
}

/** A copy of standard input is of no use after the run, nor is a result that will never be whole. */
function needsNoFile(job: Job): boolean {
  return job.type === 'import' ? job.specification.spooled : !hasResult(job)
}

/** Works off the cleanup queue, one job after the other; returns the failures. */
export async function runCleanup(
  db: Db,
  files: PartFiles,
  signal?: AbortSignal,
): Promise<CleanupFailure[]> {
  const stuck: CleanupFailure[] = []
  for (const { job_id } of await db.selectFrom('tallyman_leftover').selectAll().execute()) {
    // Small jobs have no other pause, so the process would not react until the queue is empty.
    await nextTurn()
    if (signal?.aborted) break
    const one = await cleanUpJob(db, job_id, files, signal)
    if (one !== undefined) stuck.push(one)
  }
  return stuck
}

export async function isAnythingLeft(db: Db): Promise<boolean> {
  const leftover = db.selectFrom('tallyman_leftover').selectAll().limit(1)
  return (await leftover.executeTakeFirst()) !== undefined
}

async function isLeft(db: Db, id: number): Promise<boolean> {
  const leftover = db.selectFrom('tallyman_leftover').selectAll().where('job_id', '=', id)
  return (await leftover.executeTakeFirst()) !== undefined
}

/** Removes a job from the queue, unless it was deleted meanwhile: then more is left to delete. */
async function dequeue(db: Db, id: number, wasThere: boolean): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const job = await trx
      .selectFrom('tallyman_job')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst()
    if ((job !== undefined) !== wasThere) return
    await trx.deleteFrom('tallyman_leftover').where('job_id', '=', id).execute()
  })
}

async function deleteInPieces(
  db: Db,
  id: number,
  [table, column]: ChildTable,
  signal?: AbortSignal,
): Promise<void> {
  const rows = sql`from ${sql.table(table)} where job_id = ${id}`
  const by = sql.ref(column)
  let size = PIECE.min
  while (!signal?.aborted) {
    const { deleted, took } = await db.transaction().execute(async (trx) => {
      const began = performance.now()
      const first = sql`select ${by} ${rows} order by ${by} limit ${size}`
      // A range, and no list of them: without statistics a database would look through it for each row.
      const last = sql`select ${by} from (${first}) as piece order by ${by} desc limit 1`
      const result = await sql`delete ${rows} and ${by} <= (${last})`.execute(trx)
      return { deleted: Number(result.numAffectedRows), took: performance.now() - began }
    })
    // Another worker may have taken the same piece, and more is left.
    if (deleted < size && !(await isAnyOf(db, rows))) return
    const wanted = Math.floor((size * PIECE_MS) / Math.max(took, 1))
    size = Math.min(PIECE.max, size * 2, Math.max(PIECE.min, wanted))
    // Waiting writers poll the lock every millisecond; and a synchronous database gives requests no
    // turn by itself.
    await pause(TURN_MS)
  }
}

async function isAnyOf(db: Db, rows: RawBuilder<unknown>): Promise<boolean> {
  const { rows: found } = await sql`select 1 ${rows} limit 1`.execute(db)
  return found.length > 0
}
