import type { Db, Trx } from '../db/store.ts'
import type { Job, JobKind } from '../domain/job.ts'
import type { JobStatus, JobType } from '../domain/status.ts'
import { inTransaction } from './in-transaction.ts'
import { toJob } from './job-row.ts'
import { writeJournal } from './journal.ts'
import { noSuchJob } from './refusal.ts'

export type NewJob = JobKind & {
  label: string
  description?: string | undefined
  targetTable: string
  fileName: string
  /** `start_pending` starts it at once, in the name of whoever makes it. */
  status?: 'editing' | 'start_pending' | undefined
  rerunOf?: number | undefined
}

export type JobFilter = {
  status?: JobStatus | undefined
  type?: JobType | undefined
  /** Only jobs with a smaller id, for the page that follows. */
  before?: number | undefined
  limit: number
}

export type JobPage = { jobs: Job[]; more: boolean }

/** Makes a job, `editing` unless it says otherwise. */
export async function createJob(
  db: Db | Trx,
  { type, specification, label, description, targetTable, fileName, status, rerunOf }: NewJob,
  { now, actor }: { now: Date; actor: string },
): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const row = await trx
      .insertInto('tallyman_job')
      .values({
        type,
        label,
        description: description ?? '',
        status: status ?? 'editing',
        specification: JSON.stringify(specification),
        target_table: targetTable,
        file_name: fileName,
        created_at: now.toISOString(),
        created_by: actor,
        started_by: status === 'start_pending' ? actor : null,
        rerun_of: rerunOf ?? null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await writeJournal(trx, row.id, { code: 'TLY-1001', params: {} }, { actor, now })
    return toJob(row)
  })
}

export async function findJob(db: Db | Trx, id: number): Promise<Job | undefined> {
  const row = await db
    .selectFrom('tallyman_job')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toJob(row)
}

/** @throws NotFoundError */
export async function requireJob(db: Db | Trx, id: number): Promise<Job> {
  const job = await findJob(db, id)
  if (job === undefined) throw noSuchJob(id)
  return job
}

/** A page of jobs, newest first. */
export async function listJobs(
  db: Db | Trx,
  { status, type, before, limit }: JobFilter,
): Promise<JobPage> {
  let query = db
    .selectFrom('tallyman_job')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (status !== undefined) query = query.where('status', '=', status)
  if (type !== undefined) query = query.where('type', '=', type)
  if (before !== undefined) query = query.where('id', '<', before)

  const rows = await query.execute()
  return { jobs: rows.slice(0, limit).map(toJob), more: rows.length > limit }
}
