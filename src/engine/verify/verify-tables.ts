import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Trx } from '../../db/store.ts'
import { CLAIMED_STATUSES, type JobStatus } from '../../domain/states/status.ts'
import { EMPTY_TABLES, entriesOf, TABLE_REMOVED, type JobEntries } from '../ground/job-entries.ts'
import { findMove } from '../move/move-record.ts'
import { iterateRemovalRows } from '../cleanup/deletion-log.ts'
import { jobsWithRowsBeside, rowsBeside } from '../ground/rows-beside.ts'
import { keptOf } from './verify-deletion-log.ts'

const JOBS_A_PAGE = 500

/** What all jobs together did to one user table. */
export type AccountedTable = {
  table: string
  /** Jobs that wrote into it. */
  jobs: number
  /** The rows they left; undefined where it is unknown how many other rows there were. */
  rows: number | undefined
}

/** What one job did to its table, and when; `changed` and `rows` are undefined where unreadable. */
type Writing = {
  table: string
  changed: number | undefined
  rows: number | undefined
  isOver: boolean
  entries: JobEntries
}

/**
 * The tables that imports wrote into, with their expected number of rows: the sum of all jobs since
 * one of them last created the table or found it empty. It is unknown where a job wrote both before
 * and after that moment, may have been deleted before deletions were logged, or ran in the database
 * that the jobs were moved from: its tables are not here.
 */
export async function accountedTables(trx: Trx): Promise<AccountedTable[]> {
  const keyOf = tableKeys(trx)
  const tables = new Map<string, AccountedTable>()
  const empty = await emptyTables(trx, keyOf)
  const moved = await findMove(trx)
  const gap = Math.max(await lastEntryOfGaps(trx), moved?.last_entry ?? 0)
  for (const { table, jobs } of await writersOf(trx, moved?.last_job ?? 0)) {
    const key = await keyOf(table)
    const known = tables.get(key)
    const moment = empty.get(key) ?? 0
    const rows = moment > gap ? 0 : undefined
    tables.set(key, {
      table: kindOf(trx).readName(table),
      rows,
      ...known,
      jobs: jobs + (known?.jobs ?? 0),
    })
  }
  for await (const writing of writings(trx)) {
    const key = await keyOf(writing.table)
    const known = tables.get(key)
    if (known?.rows === undefined) continue
    const rows = rowsSince(empty.get(key) ?? 0, writing)
    known.rows = rows === undefined ? undefined : known.rows + rows
  }
  return [...tables.values()]
}

/** Jobs may call one table by several names. */
function tableKeys(trx: Trx): (name: string) => Promise<string> {
  const { readName, tableSql } = kindOf(trx)
  const known = new Map<string, string>()
  return async (name) => {
    const key = known.get(name) ?? (await tableSql(trx, readName(name)))
    known.set(name, key)
    return key
  }
}

function rowsSince(moment: number, { changed, rows, isOver, entries }: Writing) {
  const { begin_entry: begin, end_entry: end, empty_entry: empty } = entries
  if (changed === 0) return 0
  if (empty === moment || (begin !== null && begin > moment)) return rows
  return isOver && end !== null && end < moment ? 0 : undefined
}

const IS_REAL = sql`type = 'import' and dry_run = 0`

/** The tables of existing and deleted imports, and how many imports behind one wrote into each. */
async function writersOf(trx: Trx, after: number) {
  const { rows } = await sql<{ table: string; jobs: number }>`
    select target_table as "table",
           sum(case when id > ${after} and inserted + updated + deleted > 0 then 1 else 0 end) as jobs
    from tallyman_job where ${IS_REAL} group by target_table
    union all
    select target_table, 0 from tallyman_removal
    where type = 'import' and dry_run = 0 group by target_table`.execute(trx)
  return rows
}

/**
 * The last journal entry, by table, that says that the table was empty. Tables that a job created
 * and dropped again are left out: somebody other than a job may create the next one of that name.
 */
async function emptyTables(
  trx: Trx,
  keyOf: ReturnType<typeof tableKeys>,
): Promise<Map<string, number>> {
  const lastEmpty = sql`max(case when code <> ${TABLE_REMOVED} then journal.id end)`
  const { rows } = await sql<{ table: string; entry: number }>`
    select target_table as "table", ${lastEmpty} as entry
    from tallyman_journal as journal join tallyman_job as job on job.id = journal.job_id
    where code in (${sql.join([...EMPTY_TABLES, TABLE_REMOVED])}) and ${IS_REAL}
    group by target_table
    having max(journal.id) = ${lastEmpty}
    union all
    select target_table, max(empty_entry) from tallyman_removal
    where type = 'import' and dry_run = 0 and empty_entry is not null
    group by target_table`.execute(trx)
  const last = new Map<string, number>()
  for (const { table, entry } of rows) {
    const key = await keyOf(table)
    last.set(key, Math.max(entry, last.get(key) ?? 0))
  }
  return last
}

/** Up to this entry, jobs that were deleted without a log may have written into any table. */
async function lastEntryOfGaps(trx: Trx): Promise<number> {
  const { entry } = await trx
    .selectFrom('tallyman_gap')
    .select((eb) => eb.fn.max('last_entry').as('entry'))
    .where('first_job', '>', 0)
    .executeTakeFirstOrThrow()
  return entry ?? 0
}

async function* writings(trx: Trx): AsyncGenerator<Writing> {
  yield* writingsOfJobs(trx)
  for await (const removal of iterateRemovalRows(trx)) {
    const { type, dry_run, target_table: table } = removal
    if (type !== 'import' || dry_run === 1) continue
    const kept = keptOf(removal)
    const rows = kept && kept.counters.inserted - kept.counters.deleted + kept.rowsBeside
    const changed =
      kept && kept.counters.inserted + kept.counters.deleted + Math.abs(kept.rowsBeside)
    yield { table, changed, rows, isOver: true, entries: removal }
  }
}

type WritingJob = { id: number; table: string; changed: number; rows: number; status: JobStatus }

async function* writingsOfJobs(trx: Trx): AsyncGenerator<Writing> {
  const withRowsBeside = new Set(await jobsWithRowsBeside(trx))
  let page: WritingJob[]
  let after = 0
  do {
    page = await pageOfWritings(trx, after)
    for (const { id, status, table, ...counted } of page) {
      const isOver = !CLAIMED_STATUSES.some((claimed) => claimed === status)
      const beside = withRowsBeside.has(id) ? await rowsBeside(trx, id) : 0
      const changed = counted.changed + Math.abs(beside)
      if (changed === 0) continue
      const rows = counted.rows + beside
      yield { table, changed, rows, isOver, entries: await entriesOf(trx, id) }
    }
    after = page.at(-1)?.id ?? after
  } while (page.length === JOBS_A_PAGE)
}

async function pageOfWritings(trx: Trx, after: number): Promise<WritingJob[]> {
  const { rows } = await sql<WritingJob>`
    select id, target_table as "table", status, inserted + deleted as changed,
           inserted - deleted as "rows"
    from tallyman_job
    where id > ${after} and ${IS_REAL} and (inserted + deleted > 0 or warnings > 0)
    order by id limit ${JOBS_A_PAGE}`.execute(trx)
  return rows
}
