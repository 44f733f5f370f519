import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { toJob } from '../ground/job-row.ts'

const MOST = 100

/**
 * Imports (at most 100, newest first) that inserted rows from a file of `size` bytes, into a table of
 * this name: names that differ in case may be two tables, or one.
 */
export async function importsAlike(
  db: Db | Trx,
  { table, size }: { table: string; size: number },
): Promise<Job[]> {
  const kept = await kindOf(db).keptName(db, table)
  const rows = await db
    .selectFrom('tallyman_job')
    .selectAll()
    // As a literal, because the index is partial: it has imports only.
    .where('type', '=', sql.lit('import'))
    // By its index.
    .where(sql`lower(target_table)`, '=', sql`lower(${kept})`)
    .where('file_size', '=', size)
    .where('inserted', '>', 0)
    .where('dry_run', '=', 0)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map((row) => toJob(db, row))
}
