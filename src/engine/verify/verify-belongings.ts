import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { FINAL_STATUSES, isFinal } from '../../domain/states/status.ts'
import { CHILD_TABLES } from '../cleanup/cleanup-queue.ts'

/** Orphans: rows of Tallyman's own tables whose job neither exists nor is in the cleanup queue. */
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

/** Jobs in the cleanup queue that are neither in a final status nor deleted. */
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
 * Reports more stored keys than the records read allow, or keys of a job that needs none: a later
 * record would be taken for a double.
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

/** Keys per record: two of the record itself, and two of the row that it matches. */
const MOST_OF_RECORD = 4

/** The maximum number of keys; 0 for a dry run, which stores them in its copy of the database. */
function mostKeys(job: Job): number {
  if (job.type === 'export' || job.dry_run) return 0
  return (job.checkpoint?.record ?? 0) * MOST_OF_RECORD
}
