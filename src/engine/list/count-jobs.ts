import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { JobFilter } from '../../domain/jobs/job-list.ts'
import { conditionsOf } from './job-conditions.ts'

/** As far as is counted: a number with more digits is not read at a glance, and costs more to find. */
export const MOST_COUNTED = 99

/** A number that is exact, or the greatest that is counted, with more behind it. */
export type Count = { count: number; isMore: boolean }

/** How many jobs match, by an index alone: for a filter of statuses, types and rejects. */
export async function countJobs(db: Db | Trx, filter: JobFilter): Promise<Count> {
  return await countUpTo(db, sql`${conditionsOf(filter, 'indexed')}`)
}

/** How many failed since then, and were not started again. */
export async function countFailedSince(db: Db | Trx, since: Date): Promise<Count> {
  const isFailed = conditionsOf({ among: ['failed'] }, 'indexed')
  return await countUpTo(db, sql`${isFailed} and job.ended_at >= ${since.toISOString()}`)
}

/** How many jobs match that are newer than this one: they are few, and each is looked at. */
export async function countNewJobs(db: Db | Trx, filter: JobFilter, after: number): Promise<Count> {
  return await countUpTo(db, sql`job.id > ${after} and ${conditionsOf(filter, 'checked')}`)
}

async function countUpTo(db: Db | Trx, condition: ReturnType<typeof sql>): Promise<Count> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 from tallyman_job as job where ${condition} limit ${MOST_COUNTED + 1}
    ) as counted`.execute(db)
  const count = Number(rows[0]?.count ?? 0)
  return { count: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED }
}
