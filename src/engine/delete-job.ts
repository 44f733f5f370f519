import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../db/store.ts'
import { DELETABLE_STATUSES } from '../domain/commands.ts'
import type { Job } from '../domain/job.ts'
import { isFinal } from '../domain/status.ts'
import { toJob } from './job-row.ts'
import { findJob } from './jobs.ts'
import { refusal } from './refusal.ts'
import { recordRemoval } from './removals.ts'

const PIECE = 10_000
const TURN_MS = 3

/** What belongs to a job, and the column by which it is cut into pieces. */
export const BELONGINGS = [
  ['tallyman_key', 'key'],
  ['tallyman_reject', 'record'],
  ['tallyman_reject_kind', 'kind'],
  ['tallyman_sample', 'tick'],
  ['tallyman_journal', 'id'],
] as const
type Belonging = (typeof BELONGINGS)[number]

/** Removes the files that Tallyman made for a job and still owns. */
export type JobFiles = {
  /** What an export has written that did not come to its end. */
  discardPart(job: Job): Promise<void>
  /** What it has written, where that is not somebody else's by now. */
  discardResult(job: Job): Promise<void>
}

export type Deletion = {
  actor: string
  now: Date
  files: JobFiles
  /** Only a job that was over before. */
  overBefore?: Date | undefined
  /** Ends it between two pieces; the rest is left to `sweep`. */
  signal?: AbortSignal | undefined
}

/**
 * Deletes a job and all that belongs to it. That it was there, what it did and who deleted it
 * stays on record.
 *
 * The job itself goes first, so that nobody ever sees one with half of its rejects or starts it
 * meanwhile. Its part file goes before the commit: a job whose deletion was undone makes it anew, but
 * a file whose job is gone would be nobody's. A result goes even before that, since reading it may
 * take long, and a job that has one is finished for good. The rest follows in pieces that hold
 * nobody up; if the process dies, `sweep` goes on.
 * @throws NotFoundError
 * @throws ConflictError unless the job is over or was never started
 */
export async function deleteJob(db: Db, id: number, deletion: Deletion): Promise<void> {
  const { overBefore, files, signal } = deletion
  const found = await findJob(db, id)
  const hasResult = found?.type === 'export' && found.status === 'finished'
  if (hasResult && !(await isAlsoAnothers(db, found))) await files.discardResult(found)

  await db.transaction().execute(async (trx) => {
    let remove = trx
      .deleteFrom('tallyman_job')
      .where('id', '=', id)
      .where('status', 'in', DELETABLE_STATUSES)
    if (overBefore !== undefined) remove = remove.where('ended_at', '<', overBefore.toISOString())

    const row = await remove.returningAll().executeTakeFirst()
    if (row === undefined) throw await refusal(trx, id, 'delete', DELETABLE_STATUSES)
    const job = toJob(row)
    await recordRemoval(trx, job, deletion)
    await trx.insertInto('tallyman_leftover').values({ job_id: id }).execute()
    await files.discardPart(job)
  })
  await clearAway(db, id, signal)
}

/**
 * Forgets the keys that tell a job's doubles, once it can't go on any more. A `failed` job can,
 * and keeps them.
 */
export async function forgetKeys(db: Db, id: number): Promise<void> {
  const job = await db
    .selectFrom('tallyman_job')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirst()
  if (job !== undefined && isFinal(job.status)) await deleteInPieces(db, id, BELONGINGS[0])
}

/** Goes on with what a process that died left half done: deletions, and keys that nobody needs. */
export async function sweep(db: Db, signal?: AbortSignal): Promise<void> {
  for (const { job_id } of await db.selectFrom('tallyman_leftover').selectAll().execute()) {
    await clearAway(db, job_id, signal)
  }
  let id = await nextWithKeys(db, 0)
  while (id !== null && !signal?.aborted) {
    await forgetKeys(db, id)
    id = await nextWithKeys(db, id)
  }
}

/** The same result may have been written twice into one place: then it is the other job's too. */
async function isAlsoAnothers(db: Db, job: Job): Promise<boolean> {
  const others = await db
    .selectFrom('tallyman_job')
    .selectAll()
    .where('type', '=', 'export')
    .where('status', '=', 'finished')
    .where('file_sha256', '=', job.file_sha256)
    .where('id', '<>', job.id)
    .execute()
  return others.some((row) => toJob(row).specification.path === job.specification.path)
}

async function clearAway(db: Db, id: number, signal?: AbortSignal): Promise<void> {
  for (const belonging of BELONGINGS) await deleteInPieces(db, id, belonging, signal)
  if (signal?.aborted) return
  await db
    .transaction()
    .execute((trx) => trx.deleteFrom('tallyman_leftover').where('job_id', '=', id).execute())
}

async function deleteInPieces(
  db: Db,
  id: number,
  [table, column]: Belonging,
  signal?: AbortSignal,
): Promise<void> {
  const rows = sql`from ${sql.table(table)} where job_id = ${id}`
  const by = sql.ref(column)
  const piece = sql`delete ${rows} and ${by} in (select ${by} ${rows} order by ${by} limit ${PIECE})`
  while (!signal?.aborted) {
    const { numAffectedRows } = await db.transaction().execute((trx) => piece.execute(trx))
    if ((numAffectedRows ?? 0n) < PIECE) return
    // Others who wait for the lock ask for it every millisecond; and a synchronous database leaves
    // no room for requests by itself.
    await pause(TURN_MS)
  }
}

/** The least number above `after` is one look into the index, where DISTINCT would read every key. */
async function nextWithKeys(db: Db, after: number): Promise<number | null> {
  const { id } = await db
    .selectFrom('tallyman_key')
    .select((eb) => eb.fn.min('job_id').as('id'))
    .where('job_id', '>', after)
    .executeTakeFirstOrThrow()
  return id
}
