import { sql } from 'kysely'
import type { Db } from '../../db/store.ts'
import { DELETABLE_STATUSES } from '../../domain/states/commands.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { toJob } from '../ground/job-row.ts'
import { unlinkFiles } from '../jobs/job-files.ts'
import { findJob } from '../jobs/jobs.ts'
import { cleanUpJob, enqueueCleanup, type PartFiles } from './cleanup-queue.ts'
import { conflict } from '../ground/conflict.ts'
import { settleRepair } from '../repair/reopen-rejects.ts'
import { logDeletion } from './deletion-log.ts'

/** Removes the files that Tallyman made for a job and still owns. */
export type JobFiles = PartFiles & {
  /** Removes its result file, unless somebody else has replaced it since. */
  discardResult(job: Job): Promise<void>
}

export type Deletion = {
  actor: string
  now: Date
  files: JobFiles
  /** Deletes the job only if it ended before this time. */
  overBefore?: Date | undefined
  /** Stops between two pieces; the rest is left to `runCleanup`. */
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
 * Deletes the row of a job and queues its children for cleanup. The deletion log keeps that it
 * existed, what it did and who deleted it.
 *
 * The row goes first, so that nobody sees a job with half of its rejects or starts it meanwhile.
 * The part file goes before the commit: after a rollback the job creates it again, but a file
 * without a job would belong to nobody. A result goes even earlier, because reading it may take
 * long and a job that has one is finished for good. The cleanup deletes the rest in short pieces;
 * if the process dies, `runCleanup` continues.
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
    const job = toJob(trx, row)
    // Every other one has settled its repair already, or took no rejects.
    if (job.status === 'failed') await settleRepair(trx, job, deletion)
    await logDeletion(trx, { ...job, target_table: row.target_table }, deletion)
    await enqueueCleanup(trx, id)
    await unlinkFiles(trx, id)
    await files.discardPart(job)
  })
}

/** Whether another finished job wrote the same result to the same path: then it belongs to both. */
async function isAlsoAnothers(db: Db, job: Job): Promise<boolean> {
  const others = await db
    .selectFrom('tallyman_job')
    .selectAll()
    // As a literal, because the index of results is partial (exports only); and without the status,
    // for which the planner would choose the index of all finished jobs.
    .where('type', '=', sql.lit('export'))
    .where('file_sha256', '=', job.file_sha256)
    .where('id', '<>', job.id)
    .execute()
  return others
    .map((row) => toJob(db, row))
    .some(
      ({ status, specification }) =>
        status === 'finished' && specification.path === job.specification.path,
    )
}
