import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { EDITABLE_STATUSES } from '../../domain/states/commands.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { toJob } from '../ground/job-row.ts'
import { createJob } from '../jobs/jobs.ts'
import { lockForEdit } from '../jobs/lock-for-edit.ts'
import { likeJob, tellBoth } from './run-again.ts'

type Trying = {
  now: Date
  actor: string
  /** The number of records to try; undefined: all. */
  records: number | undefined
}

/**
 * Starts a dry run of an import that is still being edited. Both journals name the other job.
 * @throws NotFoundError
 * @throws ConflictError where the job was started meanwhile
 */
export async function tryOut(db: Db | Trx, id: number, { records, ...by }: Trying): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const old = await lockForEdit(trx, id, { act: 'edit', allowed: EDITABLE_STATUSES })
    const like = likeJob(old)
    const tried =
      like.type === 'import'
        ? { ...like, specification: asTrial(like.specification, records) }
        : like
    const trial = await createJob(trx, { ...tried, status: 'start_pending', copyOf: id }, by)
    await tellBoth(trx, 'TLY-1044', id, trial, by)
    return trial
  })
}

/** The specification of a trial, which shows whether a trial is of what the job is now. */
export function asTrial(
  specification: ImportSpecification,
  records: number | undefined,
): ImportSpecification {
  const { firstRecord, lastRecord } = specification
  const last = records === undefined ? null : firstRecord + records - 1
  const isEarlier = last !== null && (lastRecord === null || last < lastRecord)
  return { ...specification, dryRun: true, lastRecord: isEarlier ? last : lastRecord }
}

/** The newest dry run that tried out a job. */
export async function lastTrial(db: Db | Trx, id: number): Promise<Job | undefined> {
  const row = await db
    .selectFrom('tallyman_job')
    .selectAll()
    .where('copy_of', '=', id)
    .where('dry_run', '=', 1)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : toJob(db, row)
}
