import { sql } from 'kysely'
import type { Db } from '../../db/store.ts'
import { DELETABLE_STATUSES } from '../../domain/states/commands.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { toJob } from '../ground/job-row.ts'
import { findJob } from '../jobs/jobs.ts'
import { cleanUpJob, enqueueCleanup, type PartFiles } from './cleanup-queue.ts'
import { conflict } from '../ground/conflict.ts'
import { logDeletion } from './deletion-log.ts'

/** Removes the files that Tallyman made for a job and still owns. */
export type JobFiles = PartFiles & {
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
 * Deletes a job and all that belongs to it.
 * @throws NotFoundError
 * @throws ConflictError unless the job is over or was never started
 */
export async function deleteJob(db: Db, id: number, deletion: Deletion): Promise<void> {
  await deleteJobAndChildren(db, id, deletion)
  await cleanUpJob(db, id, deletion.files, deletion.signal)
}

/**
 * Deletes a job: from then on there is none of that number, and `sweep` clears away what belonged
 * to it. That it was there, what it did and who deleted it stays on record.
 *
 * The job itself goes first, so that nobody ever sees one with half of its rejects or starts it
 * meanwhile. Its part file goes before the commit: a job whose deletion was undone makes it anew, but
 * a file whose job is gone would be nobody's. A result goes even before that, since reading it may
 * take long, and a job that has one is finished for good. The rest follows in pieces that hold
 * nobody up; if the process dies, `sweep` goes on.
 * @throws NotFoundError
 * @throws ConflictError unless the job is over or was never started
 */
export async function deleteJobAndChildren(db: Db, id: number, deletion: Deletion): Promise<void> {
  const { overBefore, files } = deletion
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
    if (row === undefined) throw await conflict(trx, id, 'delete', DELETABLE_STATUSES)
    const job = toJob(row)
    await logDeletion(trx, job, deletion)
    await enqueueCleanup(trx, id)
    await files.discardPart(job)
  })
}

/** The same result may have been written twice into one place: then it is the other job's too. */
async function isAlsoAnothers(db: Db, job: Job): Promise<boolean> {
  const others = await db
    .selectFrom('tallyman_job')
    .selectAll()
    // As a literal, since the index of results is one of exports alone; and without the status,
    // which would lead to an index of all that are finished.
    .where('type', '=', sql.lit('export'))
    .where('file_sha256', '=', job.file_sha256)
    .where('id', '<>', job.id)
    .execute()
  return others
    .map(toJob)
    .some(
      ({ status, specification }) =>
        status === 'finished' && specification.path === job.specification.path,
    )
}
