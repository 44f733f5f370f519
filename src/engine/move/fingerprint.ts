import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'

/**
 * What tells whether a database has changed: each change of a job raises its revision or writes an
 * entry, and each of a file another size or time.
 */
export async function fingerprintOf(db: Db | Trx): Promise<string> {
  const { rows } = await sql<Record<string, number | string | null>>`
    select (select count(*) from tallyman_job) as jobs,
           (select sum(revision) from tallyman_job) as revisions,
           (select max(id) from tallyman_journal) as entry,
           (select count(*) from tallyman_removal) as removals,
           (select count(*) from tallyman_file) as files,
           (select sum(size) from tallyman_file) as bytes,
           (select max(completed_at) from tallyman_file) as completed`.execute(db)
  return JSON.stringify(rows[0])
}

/** The highest ids that were given, also to what was deleted since. */
export async function lastIds(db: Db | Trx): Promise<{ job: number; entry: number }> {
  const { rows } = await sql<{ job: number; entry: number }>`
    select max(job) as job, max(entry) as entry from (
      select max(id) as job, 0 as entry from tallyman_job
      union all select 0, max(id) from tallyman_journal
      union all select max(job_id), max(last_entry) from tallyman_removal
      union all select max(last_job), max(last_entry) from tallyman_gap
      union all select 0, 0
    ) as given`.execute(db)
  return rows[0] ?? { job: 0, entry: 0 }
}
