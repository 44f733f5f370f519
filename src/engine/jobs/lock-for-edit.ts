import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Act } from '../../domain/words/problems.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import { toJob } from '../ground/job-row.ts'
import { noSuchJob, conflict } from '../ground/conflict.ts'

/**
 * Begins a change of a job that keeps its status: increments the revision, because the journal will
 * grow, and so locks the row until the commit.
 * @param wanted the allowed statuses, where not all are
 * @throws NotFoundError
 * @throws ConflictError in another status
 */
export async function lockForEdit(
  trx: Trx,
  id: number,
  wanted?: { act: Act; allowed: readonly JobStatus[] },
): Promise<Job> {
  let update = trx
    .updateTable('tallyman_job')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
  if (wanted !== undefined) update = update.where('status', 'in', wanted.allowed)

  const row = await update.returningAll().executeTakeFirst()
  if (row !== undefined) return toJob(trx, row)
  if (wanted === undefined) throw noSuchJob(id)
  throw await conflict(trx, id, wanted.act, wanted.allowed)
}
