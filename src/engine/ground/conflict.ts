import type { Db, Trx } from '../../db/store.ts'
import { ClaimLostError, ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import type { Act } from '../../domain/words/problems.ts'
import type { JobStatus } from '../../domain/states/status.ts'

/** Explains why a write matched no row: the job is gone, or its status forbids the act. */
export async function conflict(
  db: Db | Trx,
  id: number,
  act: Act,
  allowed: readonly JobStatus[],
): Promise<NotFoundError | ConflictError> {
  const row = await db
    .selectFrom('tallyman_job')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? noSuchJob(id) : wrongStatus(id, row.status, act, allowed)
}

export function noSuchJob(id: number): NotFoundError {
  return new NotFoundError({ problem: 'no_job', id })
}

export function wrongStatus(
  id: number,
  status: JobStatus,
  act: Act,
  allowed: readonly JobStatus[],
): ConflictError {
  return new ConflictError({ problem: 'wrong_status', id, status, act, allowed })
}

export function claimLost(id: number): ClaimLostError {
  return new ClaimLostError({ problem: 'claim_lost', id })
}
