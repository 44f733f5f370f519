import type { Trx } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import type { Act } from '../domain/problems.ts'
import { JOB_STATUSES, type JobStatus } from '../domain/status.ts'
import { toJob } from './job-row.ts'
import { refusal } from './refusal.ts'

/**
 * Begins a change of a job that is not a change of its status: its journal will grow, so its
 * revision does; and the write keeps the row as it is until the end.
 * @throws NotFoundError
 * @throws ConflictError in another status
 */
export async function touchJob(
  trx: Trx,
  id: number,
  act: Act,
  allowed: readonly JobStatus[] = JOB_STATUSES,
): Promise<Job> {
  const row = await trx
    .updateTable('tallyman_job')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('status', 'in', allowed)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw await refusal(trx, id, act, allowed)
  return toJob(row)
}
