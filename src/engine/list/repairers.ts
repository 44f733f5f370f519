import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { hasRepaired, type ListedJob, type Repairer } from '../../domain/jobs/job.ts'
import { JOB_STATUSES, type JobStatus } from '../../domain/states/status.ts'

/** The linked jobs of listed jobs, by the number of the job whose rejects they took. */
export type Repairers = ReadonlyMap<number, readonly Repairer[]>

/** In these, a linked job may still have to import what it took. */
const KEEPING = JOB_STATUSES.filter((status) => !hasRepaired(status))

type Linked = { first: number; linked: number; status: JobStatus | null; keeps: number }

/** The index is asked for one linked job after the other: each may have taken a million rejects. */
export async function repairersOf(
  db: Db | Trx,
  jobs: Pick<ListedJob, 'id' | 'repaired'>[],
): Promise<Repairers> {
  const ids = jobs.filter(({ repaired }) => repaired > 0).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Linked>`
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
    select first, linked, job.status, case when job.status in (${sql.join(KEEPING)})
      then (select count(*) from tallyman_repair as repair
            where repair.job_id = first and repair.status = 'repaired'
              and repair.repaired_by_job = linked) else 0 end as keeps
    from taken left join tallyman_job as job on job.id = taken.linked
    where linked is not null order by first, linked`.execute(db)
  const found = Map.groupBy(rows, ({ first }) => first)
  return new Map([...found].map(([first, all]) => [first, all.map(repairerOf)]))
}

function repairerOf({ linked, status, keeps }: Linked): Repairer {
  return { job: linked, keeps, isFailed: status === 'failed' }
}
