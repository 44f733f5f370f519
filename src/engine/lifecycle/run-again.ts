import { randomUUID } from 'node:crypto'
import type { Db, Trx } from '../../db/store.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { forReal, usesPipe, type Job } from '../../domain/jobs/job.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { storedId, storedPath } from '../../domain/specification/stored-path.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { createJob } from '../jobs/jobs.ts'
import type { NewJob } from '../jobs/new-job.ts'
import { writeJournal } from '../ground/journal.ts'
import { lockForEdit } from '../jobs/lock-for-edit.ts'

type By = { now: Date; actor: string }

/**
 * Starts a new job with the specification of one that is over. Both journals name the other job.
 * @param by.isReal turns a dry run into a real one
 * @throws NotFoundError
 * @throws ConflictError where the job is not over, or its file was a pipe
 */
export async function runAgain(
  db: Db | Trx,
  id: number,
  { isReal = false, ...by }: By & { isReal?: boolean },
): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const old = await lockForEdit(trx, id, { act: 'run_again', allowed: OVER_STATUSES })
    if (usesPipe(old)) throw new ConflictError({ problem: 'pipe_used', id })
    requireNoRepair(old)
    const again = await createJob(
      trx,
      { ...likeJob(isReal ? forReal(old) : old), status: 'start_pending', rerunOf: id },
      by,
    )
    await tellBoth(trx, 'TLY-1018', id, again, by)
    return again
  })
}

/**
 * Creates a job with the specification of another, to be edited before it is started. Both journals
 * name the other job.
 * @throws NotFoundError
 */
export async function duplicateJob(db: Db | Trx, id: number, by: By): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const old = await lockForEdit(trx, id)
    requireNoRepair(old)
    const copy = await createJob(trx, { ...likeJob(old), copyOf: id }, by)
    await tellBoth(trx, 'TLY-1020', id, copy, by)
    return copy
  })
}

/**
 * A linked job has no file of its own, and each of its records can be imported only once.
 * @throws ConflictError
 */
export function requireNoRepair({ id, repair_of: first }: Pick<Job, 'id' | 'repair_of'>): void {
  if (first !== null) throw new ConflictError({ problem: 'repair_again', id, first })
}

/** Without `spooled`: a copy of standard input is deleted with the job that it was made for. */
export function likeJob(old: Job): NewJob {
  const kind =
    old.type === 'import'
      ? { type: old.type, specification: { ...old.specification, spooled: false } }
      : { type: old.type, specification: withOwnResult(old.specification) }
  return {
    ...old,
    ...kind,
    targetTable: old.target_table,
    fileName: old.file_name,
    status: 'editing',
  }
}

/** Each job has a stored result of its own. */
function withOwnResult(specification: ExportSpecification): ExportSpecification {
  const isStored = storedId(specification.path) !== undefined
  return isStored ? { ...specification, path: storedPath(randomUUID()) } : specification
}

/** Ids are passed as text, so that they are not formatted like amounts. */
export async function tellBoth(
  trx: Trx,
  code: 'TLY-1018' | 'TLY-1020' | 'TLY-1044',
  from: number,
  { id }: Job,
  by: By,
): Promise<void> {
  const message = { code, params: { from: String(from), job: String(id) } }
  await writeJournal(trx, from, message, by)
  await writeJournal(trx, id, message, by)
}
