import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { FINAL_STATUSES, isFinal } from '../../domain/states/status.ts'
import { CHILD_TABLES } from '../cleanup/cleanup-queue.ts'

/** Rows of Tallyman's own tables whose job is neither there nor still being cleared away. */
export async function findOrphans(db: Db | Trx): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [table] of CHILD_TABLES) {
    const { rows } = await sql<{ job: number; count: number }>`
      select job_id as job, count(*) as count from ${sql.table(table)}
      where job_id not in (select id from tallyman_job)
        and job_id not in (select job_id from tallyman_leftover)
      group by job_id`.execute(db)
    problems.push(...rows.map((row) => ({ problem: 'orphans', table, ...row }) as const))
  }
  return problems
}

/** Jobs that are marked to be cleared away, but are neither over for good nor removed. */
export async function findWrongLeftovers(db: Db | Trx): Promise<Problem[]> {
  const { rows } = await sql<{ job: number }>`
    select job_id as job from tallyman_leftover
    where job_id not in (select id from tallyman_job
                         where status in (${sql.join([...FINAL_STATUSES])}))
      and job_id not in (select job_id from tallyman_removal)
      and not exists (select 1 from tallyman_gap where job_id between first_job and last_job)
    order by job_id`.execute(db)
  return rows.map(({ job }) => ({ problem: 'leftover_off', job }))
}

/**
 * Keys that are remembered of more records than were read, or of a job that has no use for them: a
 * record that comes later would be taken for a double.
 */
export async function verifyKeys(trx: Trx, job: Job): Promise<Problem[]> {
  const { rows } = await sql<{ keys: number; isLeft: number }>`
    select (select count(*) from tallyman_key where job_id = ${job.id}) as keys,
           (select count(*) from tallyman_leftover where job_id = ${job.id}) as "isLeft"`.execute(
    trx,
  )
  const { keys = 0, isLeft = 0 } = rows[0] ?? {}
  const most = isFinal(job.status) && isLeft === 0 ? 0 : mostKeys(job)
  return keys > most ? [{ problem: 'too_many', counter: 'tallyman_key', is: keys, most }] : []
}

/** Two of what a record brings, and two of the row that it finds. */
const MOST_OF_RECORD = 4

/** A dry run remembers them in its copy. */
function mostKeys(job: Job): number {
  if (job.type === 'export' || job.dry_run) return 0
  return (job.checkpoint?.record ?? 0) * MOST_OF_RECORD
}
