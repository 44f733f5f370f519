import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import { requireFreeResult } from './free-result.ts'
import { linkFiles } from './job-files.ts'
import { withKeptTables } from './kept-tables.ts'
import type { NewJob } from './new-job.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { searchColumns } from '../ground/search-columns.ts'
import { kindColumns, toJob } from '../ground/job-row.ts'
import { writeJournal } from '../ground/journal.ts'
import { noSuchJob } from '../ground/conflict.ts'

const IDS_A_PAGE = 500

/**
 * Creates a job, in status `editing` by default.
 * @throws ConflictError when it is started at once and another export writes its file
 */
export async function createJob(
  db: Db | Trx,
  { description = '', ...more }: NewJob,
  { now, actor }: { now: Date; actor: string },
): Promise<Job> {
  const {
    status = 'editing',
    startAt = null,
    rerunOf = null,
    copyOf = null,
    template = null,
  } = more
  const { repair } = more
  return inTransaction(db, async (trx) => {
    const { kind, names } = await withKeptTables(trx, more)
    const { label, targetTable, fileName } = names
    const row = await trx
      .insertInto('tallyman_job')
      .values({
        ...kindColumns(kind),
        label,
        description,
        status,
        target_table: targetTable,
        file_name: fileName,
        ...searchColumns({ label, description, file_name: fileName, target_table: targetTable }),
        created_at: now.toISOString(),
        dated_at: now.toISOString(),
        created_by: actor,
        started_by: status === 'start_pending' ? actor : null,
        start_at: startAt,
        rerun_of: rerunOf,
        copy_of: copyOf,
        template,
        repair_of: repair?.of ?? null,
        repair_memo: repair?.memo ?? null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await writeJournal(trx, row.id, { code: 'TLY-1001', params: {} }, { actor, now })
    const job = toJob(trx, row)
    await linkFiles(trx, job)
    if (status === 'start_pending') {
      await requireFreeResult(trx, job)
      await kindOf(trx).wakeWorkers(trx)
    }
    return job
  })
}

export async function findJob(db: Db | Trx, id: number): Promise<Job | undefined> {
  const row = await db
    .selectFrom('tallyman_job')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toJob(db, row)
}

export async function findStatus(db: Db | Trx, id: number): Promise<JobStatus | undefined> {
  const row = await db
    .selectFrom('tallyman_job')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.status
}

/** @throws NotFoundError */
export async function requireJob(db: Db | Trx, id: number): Promise<Job> {
  const job = await findJob(db, id)
  if (job === undefined) throw noSuchJob(id)
  return job
}

/** Yields the ids of all jobs, in ascending order. */
export async function* iterateJobIds(db: Db | Trx): AsyncGenerator<number> {
  let after = 0
  let page: { id: number }[]
  do {
    page = await db
      .selectFrom('tallyman_job')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(IDS_A_PAGE)
      .execute()
    for (const { id } of page) yield id
    after = page.at(-1)?.id ?? after
  } while (page.length === IDS_A_PAGE)
}
