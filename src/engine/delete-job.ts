import { sql } from 'kysely'
import type { Db } from '../db/store.ts'
import { DELETABLE_STATUSES } from '../domain/commands.ts'
import type { Job } from '../domain/job.ts'
import { isFinal } from '../domain/status.ts'
import { toJob } from './job-row.ts'
import { findJob } from './jobs.ts'
import { refusal } from './refusal.ts'

const PIECE = 10_000

/** What belongs to a job, and the column by which it is cut into pieces. */
const BELONGINGS = [
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

/**
 * Deletes a job and all that belongs to it.
 *
 * The job itself goes first, so that nobody ever sees one with half of its rejects or starts it
 * meanwhile. Its part file goes before the commit: a job whose deletion was undone makes it anew, but
 * a file whose job is gone would be nobody's. A result goes even before that, since reading it may
 * take long, and a job that has one is finished for good. The rest follows in pieces that hold
 * nobody up; if the process dies, `sweep` goes on.
 * @throws NotFoundError
 * @throws ConflictError unless the job is over or was never started
 */
export async function deleteJob(db: Db, id: number, files: JobFiles): Promise<void> {
  const job = await findJob(db, id)
  const hasResult = job?.type === 'export' && job.status === 'finished'
  if (hasResult && !(await isAlsoAnothers(db, job))) await files.discardResult(job)

  await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('tallyman_job')
      .where('id', '=', id)
      .where('status', 'in', DELETABLE_STATUSES)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) throw await refusal(trx, id, 'delete', DELETABLE_STATUSES)
    await trx.insertInto('tallyman_leftover').values({ job_id: id }).execute()
    await files.discardPart(toJob(row))
  })
  await clearAway(db, id)
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
export async function sweep(db: Db): Promise<void> {
  for (const { job_id } of await db.selectFrom('tallyman_leftover').selectAll().execute()) {
    await clearAway(db, job_id)
  }
  let id = await nextWithKeys(db, 0)
  while (id !== null) {
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

async function clearAway(db: Db, id: number): Promise<void> {
  for (const belonging of BELONGINGS) await deleteInPieces(db, id, belonging)
  await db
    .transaction()
    .execute((trx) => trx.deleteFrom('tallyman_leftover').where('job_id', '=', id).execute())
}

async function deleteInPieces(db: Db, id: number, [table, column]: Belonging): Promise<void> {
  const rows = sql`from ${sql.table(table)} where job_id = ${id}`
  const by = sql.ref(column)
  const piece = sql`delete ${rows} and ${by} in (select ${by} ${rows} order by ${by} limit ${PIECE})`
  let deleted: bigint | undefined
  do {
    deleted = (await db.transaction().execute((trx) => piece.execute(trx))).numAffectedRows
  } while (deleted !== undefined && deleted > 0n)
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
