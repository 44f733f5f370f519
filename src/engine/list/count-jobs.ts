import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { JobFilter } from '../../domain/jobs/job-list.ts'
import { conditionsOf } from './job-conditions.ts'

/** Counting stops here: a longer number is not read at a glance, and costs more to find. */
export const MOST_COUNTED = 99

/** An exact count, or MOST_COUNTED with `isMore` where there are more. */
export type Count = { count: number; isMore: boolean }

/** Counts matching jobs by index scans only: for filters by status, type and rejects. */
export async function countJobs(db: Db | Trx, filter: JobFilter): Promise<Count> {
  return await countUpTo(db, sql`${conditionsOf(filter)}`)
}

/** Counts jobs that failed at or after `since` and were not started again. */
export async function countFailedSince(db: Db | Trx, since: Date): Promise<Count> {
  const isFailed = conditionsOf({ among: ['failed'] })
  return await countUpTo(db, sql`${isFailed} and job.ended_at >= ${since.toISOString()}`)
}

/** Counts matching jobs with an id above `after`: they are few, so the filter checks each one. */
export async function countNewJobs(db: Db | Trx, filter: JobFilter, after: number): Promise<Count> {
  return await countUpTo(db, sql`job.id > ${after} and ${conditionsOf(filter, kindOf(db).hints)}`)
}

async function countUpTo(db: Db | Trx, condition: ReturnType<typeof sql>): Promise<Count> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 from tallyman_job as job where ${condition} limit ${MOST_COUNTED + 1}
    ) as counted`.execute(db)
  const count = Number(rows[0]?.count ?? 0)
  return { count: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED }
}
