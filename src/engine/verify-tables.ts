import { sql } from 'kysely'
import type { Db, Trx } from '../db/store.ts'
import type { Problem } from '../domain/problems.ts'
import { BELONGINGS } from './leftovers.ts'
import { iterateRemovals } from './removals.ts'

/** Rows of Tallyman's own tables whose job is neither there nor still being cleared away. */
export async function findOrphans(db: Db | Trx): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [table] of BELONGINGS) {
    const { rows } = await sql<{ job: number; count: number }>`
      select job_id as job, count(*) as count from ${sql.table(table)}
      where job_id not in (select id from tallyman_job)
        and job_id not in (select job_id from tallyman_leftover)
      group by job_id`.execute(db)
    problems.push(...rows.map((row) => ({ problem: 'orphans', table, ...row }) as const))
  }
  return problems
}

/** What all jobs together did to one table of the user's. */
export type AccountedTable = {
  table: string
  /** Jobs that wrote into it. */
  jobs: number
  /** How many rows they left; undefined where it cannot be known what was there besides. */
  rows: number | undefined
}

/**
 * What is known of the tables that imports wrote into. The number of rows follows from the jobs
 * where one of them made the table, and where every job that ever was is still on record.
 */
export async function accountedTables(trx: Trx): Promise<AccountedTable[]> {
  const writes = new Map<string, { table: string; jobs: number; rows: number }>()
  const add = (table: string, jobs: number, rows: number) => {
    const known = writes.get(table.toLowerCase()) ?? { table, jobs: 0, rows: 0 }
    writes.set(table.toLowerCase(), {
      ...known,
      jobs: known.jobs + jobs,
      rows: known.rows + rows,
    })
  }
  for (const { table, jobs, rows } of await writesOfJobs(trx)) add(table, jobs, rows)
  for await (const { type, dryRun, target_table, counters } of iterateRemovals(trx)) {
    if (type === 'import' && !dryRun) add(target_table, 0, counters.inserted - counters.deleted)
  }
  const made = (await areAllOnRecord(trx)) ? await tablesMade(trx) : new Set()
  return [...writes].map(([name, { table, jobs, rows }]) => ({
    table,
    jobs,
    rows: made.has(name) ? rows : undefined,
  }))
}

/** In JSON a quote within a text is escaped: what is looked for is the specification's own part. */
const DRY_RUN = '%"dryRun":true%'

async function writesOfJobs(trx: Trx) {
  const { rows } = await sql<{ table: string; jobs: number; rows: number }>`
    select target_table as "table", sum(inserted) - sum(deleted) as "rows",
           sum(case when inserted + updated + deleted > 0 then 1 else 0 end) as jobs
    from tallyman_job where type = 'import' and specification not like ${DRY_RUN}
    group by target_table`.execute(trx)
  return rows
}

/** Numbers of jobs are given without a gap; a gap is a job that went before that was recorded. */
async function areAllOnRecord(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ count: number; last: number | null }>`
    select count(*) as count, max(id) as last from (
      select id from tallyman_job union all select job_id from tallyman_removal) as known`.execute(
    trx,
  )
  const [known] = rows
  return known !== undefined && known.count === (known.last ?? 0)
}

/** Those that a job made, and did not remove again. */
async function tablesMade(trx: Trx): Promise<Set<string>> {
  const { rows } = await sql<{ code: string; params: string }>`
    select code, params from tallyman_journal where code in ('TLY-1015', 'TLY-1042')
      and job_id in (select id from tallyman_job where specification not like ${DRY_RUN})
    order by id`.execute(trx)
  const made = new Set<string>()
  for (const { code, params } of rows) {
    const table = String(JSON.parse(params).table).toLowerCase()
    if (code === 'TLY-1015') made.add(table)
    else made.delete(table)
  }
  return made
}
