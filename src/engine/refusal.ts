import type { Db, Trx } from '../db/store.ts'
import { ConflictError, NotFoundError } from '../domain/errors.ts'
import type { JobStatus } from '../domain/status.ts'

/** Reads again why a write met no row: the job is gone, or it stands in a status that forbids it. */
export async function refusal(
  db: Db | Trx,
  id: number,
  act: string,
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
  return new NotFoundError(`There is no job ${id}.`)
}

export function wrongStatus(
  id: number,
  status: JobStatus,
  act: string,
  allowed: readonly JobStatus[],
): ConflictError {
  return new ConflictError(
    `Job ${id} is ${inWords(status)}; "${act}" is possible only while it is ${anyOf(allowed)}.`,
  )
}

function anyOf(statuses: readonly JobStatus[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(statuses.map(inWords))
}

function inWords(status: JobStatus): string {
  return status.replace('_', ' ')
}
