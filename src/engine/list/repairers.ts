import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'

/** The linked jobs of listed jobs, by the number of the job whose rejects they took. */
export type Repairers = ReadonlyMap<number, readonly number[]>

/** The index is asked for one linked job after the other: each may have taken a million rejects. */
export async function repairersOf(
  db: Db | Trx,
  jobs: Pick<ListedJob, 'id' | 'repaired'>[],
): Promise<Repairers> {
  const ids = jobs.filter(({ repaired }) => repaired > 0).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ first: number; linked: number }>`
    with recursive taken (first, linked) as (
      select job.id, (
        select min(repair.repaired_by_job) from tallyman_repair as repair
        where repair.job_id = job.id and repair.status = 'repaired')
      from tallyman_job as job where job.id in (${sql.join(ids)})
      union all
      select taken.first, (
        select min(repair.repaired_by_job) from tallyman_repair as repair
        where repair.job_id = taken.first and repair.status = 'repaired'
          and repair.repaired_by_job > taken.linked)
      from taken where taken.linked is not null)
    select first, linked from taken where linked is not null order by first, linked`.execute(db)
  const found = Map.groupBy(rows, ({ first }) => first)
  return new Map([...found].map(([first, all]) => [first, all.map(({ linked }) => linked)]))
}
