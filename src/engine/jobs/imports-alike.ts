import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { toJob } from '../ground/job-row.ts'

const MOST = 100

/** The imports that put rows into a table from a file of this size, the newest first. */
export async function importsAlike(
  db: Db | Trx,
  { table, size }: { table: string; size: number },
): Promise<Job[]> {
  const rows = await db
    .selectFrom('tallyman_job')
    .selectAll()
    // As a literal, since the index is one of imports alone.
    .where('type', '=', sql.lit('import'))
    // By its index; two that differ by case may be two tables.
    .where(sql`lower(target_table)`, '=', sql`lower(${table})`)
    .where('file_size', '=', size)
    .where('inserted', '>', 0)
    .where('dry_run', '=', 0)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
  const { nameKey } = kindOf(db)
  return rows.map(toJob).filter((job) => nameKey(job.target_table) === nameKey(table))
}
