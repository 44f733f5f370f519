import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { findJob } from '../jobs/jobs.ts'

/** How long a piece should hold the write lock, in milliseconds: somebody's click waits for it. */
const PIECE_MS = 10
const PIECE = { min: 100, max: 10_000 }
const TURN_MS = 3

/** What belongs to a job, and the column by which it is cut into pieces. */
export const CHILD_TABLES = [
  ['tallyman_key', 'key'],
  ['tallyman_postponed', 'record'],
  ['tallyman_reject', 'record'],
  ['tallyman_reject_kind', 'kind'],
  ['tallyman_sample', 'tick'],
  ['tallyman_journal', 'id'],
] as const
type ChildTable = (typeof CHILD_TABLES)[number]

/** What only a job that goes on has use for: the keys that tell its doubles, and postponed records. */
const OF_RUNS: ChildTable[] = [CHILD_TABLES[0], CHILD_TABLES[1]]

export type PartFiles = {
  /** Removes what an export has written that did not come to its end. */
  discardPart(job: Job): Promise<void>
}

/** A file that is in the way of a job's last traces, and why it could not be removed. */
export type CleanupFailure = { id: number; error: unknown }

/** Notes, in the transaction that ends or deletes a job, that there is something to clear away. */
export async function enqueueCleanup(trx: Trx, id: number): Promise<void> {
  await trx
    .insertInto('tallyman_leftover')
    .values({ job_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Clears away what a job left that is over for good or was deleted, in pieces that hold nobody up.
 * If the process dies, or a file can't be removed, the next `sweep` goes on.
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
      if (job !== undefined) await files.discardPart(job)
    } catch (error) {
      return { id, error }
    }
    await dequeue(db, id, job !== undefined)
  }
  return undefined
}

/** Goes on with all that was left, one job after the other. */
export async function runCleanup(
  db: Db,
  files: PartFiles,
  signal?: AbortSignal,
): Promise<CleanupFailure[]> {
  const stuck: CleanupFailure[] = []
  for (const { job_id } of await db.selectFrom('tallyman_leftover').selectAll().execute()) {
    // Where there is little to delete, nothing else waits: a process would be deaf for all of them.
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

/** Unless it was deleted meanwhile: then there is more to clear away. */
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
      const result = await sql`delete ${rows} and ${by} in (${first})`.execute(trx)
      return { deleted: Number(result.numAffectedRows), took: performance.now() - began }
    })
    if (deleted < size) return
    const wanted = Math.floor((size * PIECE_MS) / Math.max(took, 1))
    size = Math.min(PIECE.max, size * 2, Math.max(PIECE.min, wanted))
    // Others who wait for the lock ask for it every millisecond; and a synchronous database leaves
    // no room for requests by itself.
    await pause(TURN_MS)
  }
}
