import { sql } from 'kysely'
import { openStore } from '../../src/db/open.ts'
import type { Db, Store } from '../../src/db/store.ts'
import {
  exportSpecification,
  importSpecification,
} from '../../src/domain/specification/specification.ts'

export type Size = {
  jobs: number
  /** Each job has this many entries, and the job `LONG` some more. */
  entriesAJob: number
  longJournal: number
  /** Whose the long journal is: the job `LONG`, unless another is named. */
  longJournalOf?: number
  /** Of the jobs `FEW` and `MANY`. */
  fewRejects: number
  manyRejects: number
}

export const SMALL: Size = {
  jobs: 1_000,
  entriesAJob: 5,
  longJournal: 0,
  fewRejects: 50,
  manyRejects: 0,
}
export const BIG: Size = {
  jobs: 1_000_000,
  entriesAJob: 5,
  longJournal: 5_000_000,
  fewRejects: 50,
  manyRejects: 5_000_000,
}

/** Jobs by their numbers. */
export const FEW = 1
export const MANY = 2
export const LONG = 3
/** A thousand jobs a day, whether they are all or the last of three years. */
export const LAST_DAY = new Date('2026-01-31T00:00:00.000Z')
/** In the label of sixty jobs, of one in twenty, and of one in three. */
export const WORDS = { rare: 'zeppelin', uncommon: 'harbour', common: 'customers' }
/** Templates of sixty jobs, of one in twenty, and of one in three. */
export const TEMPLATES = { rare: '7', uncommon: '8', common: '9' }

/** Of all imports and of all exports, as they are stored. */
export const SPECIFICATIONS = {
  import: JSON.stringify(
    importSpecification.parse({
      path: '/data/people.csv',
      table: 'person',
      operation: 'insert',
      duplicates: 'reject',
    }),
  ),
  export: JSON.stringify(exportSpecification.parse({ path: '/data/people.csv', table: 'person' })),
}

const LAST_SECOND = `strftime('%s', '2026-02-01')`
/** More entries than a page shows, for a job that is to be like one with millions. */
const FULL_JOURNAL = 300
const SECONDS_A_JOB = 86.4
const CONFIGURATION = ['synchronous = off', 'journal_mode = memory', 'cache_size = -1000000']

/**
 * A database with that much in it, in a shape that is alike at every size: as many jobs in motion,
 * as many a day, each other status as frequent.
 */
export async function buildDatabase(file: string, size: Size): Promise<Store> {
  const store = await openStore(`sqlite:${file}`)
  const { db } = store
  const rebuild = await setAside(db)
  await insertJobs(db, size.jobs)
  await insertJournal(db, size)
  await insertRejects(db, FEW, size.fewRejects, 'blob')
  await insertRejects(db, MANY, size.manyRejects, 'blob')
  await rebuild()
  await store.close()
  return await openStore(`sqlite:${file}`)
}

/** Indexes and triggers are made when the rows are there, which takes a tenth of the time. */
async function setAside(db: Db): Promise<() => Promise<void>> {
  for (const setting of CONFIGURATION) await run(db, `pragma ${setting}`)
  const { rows } = await sql<{ type: string; name: string; sql: string }>`
    select type, name, sql from sqlite_master
    where type in ('index', 'trigger') and sql is not null and tbl_name like 'tallyman%'`.execute(
    db,
  )
  for (const { type, name } of rows) await run(db, `drop ${type} "${name}"`)
  return async () => {
    for (const row of rows) await run(db, row.sql)
    await run(db, `insert into tallyman_job_text (tallyman_job_text) values ('rebuild')`)
    await run(db, 'pragma journal_mode = wal')
  }
}

async function insertJobs(db: Db, jobs: number): Promise<void> {
  // Two numbers that look as if they were drawn by lot, the same in every run.
  await run(
    db,
    `create temp table drawn as
     with recursive n (id) as (select 1 union all select id + 1 from n where id < ${jobs})
     select id, (id * 2654435761) % 4294967296 / 4294967296.0 as x,
            (id * 1779033703) % 4294967296 / 4294967296.0 as y,
            ${LAST_SECOND} - cast((${jobs} - id + 1) * ${SECONDS_A_JOB} as integer) as made
     from n`,
  )
  await run(
    db,
    `create temp table job as
     select id, x, y,
       case when id > ${jobs} - 50
              then substr('start_pendingrunning      pausing      cancelling   shutting_down',
                          1 + 13 * (id % 5), 13)
            when x < 0.6 then 'finished' when x < 0.7 then 'failed' when x < 0.8 then 'cancelled'
            when x < 0.9 then 'paused' else 'editing' end as status,
       case when id <= ${LONG} or y < 0.7 then 'import' else 'export' end as type,
       case when id % (${jobs} / 60) = 0 then 'Zeppelin ' else '' end ||
       case when id % 20 = 7 then 'Harbour ' else '' end ||
       case id % 3 when 0 then 'Customers ' when 1 then 'People ' else 'Orders ' end ||
         printf('%07d', x * 10000000) as label,
       strftime('%Y-%m-%dT%H:%M:%fZ', made, 'unixepoch') as created_at,
       strftime('%Y-%m-%dT%H:%M:%fZ', made + cast(30 * y as integer), 'unixepoch') as started,
       cast(x * y * 3600000 as integer) as took
     from drawn`,
  )
  await run(db, `update temp.job set status = trim(status)`)
  await sql`
    insert into tallyman_job (id, type, label, status, specification, target_table, file_name,
      created_at, created_by, started_at, ended_at, running_since, claim, processed, success,
      inserted, rejects, duration_ms, label_key, search_text, dated_at, template)
    select id, type, label, status,
           case type when 'import' then ${SPECIFICATIONS.import} else ${SPECIFICATIONS.export} end, 'person', 'people.csv',
      created_at, 'ana', case when status in ('editing', 'start_pending') then null else started end,
      case when status in ('finished', 'failed', 'cancelled')
           then strftime('%Y-%m-%dT%H:%M:%fZ', started, '+' || (took / 1000) || ' seconds') end,
      case when status in ('running', 'pausing', 'cancelling') then started end,
      case when status in ('running', 'pausing', 'cancelling') then 'claim ' || id end,
      cast(y * 1000000 as integer) + iif(x < 0.2, 10, 0), cast(y * 1000000 as integer),
      cast(y * 1000000 as integer), iif(x < 0.2, 10, 0), took, lower(label),
      lower(label) || char(10) || char(10) || 'people.csv' || char(10) || 'person' ||
        char(10) || char(10),
      case when status in ('editing', 'start_pending') then created_at else started end,
      case when id % (${sql.lit(jobs)} / 60) = 5 then ${TEMPLATES.rare} when (id / 60) % 20 = 11 then ${TEMPLATES.uncommon}
           when (id / 60) % 3 = 1 then ${TEMPLATES.common} end
    from temp.job`.execute(db)
  await run(db, 'drop table temp.job')
  await run(db, 'drop table temp.drawn')
}

/** In words that both kinds of database know. */
export async function insertJournal(db: Db, size: Size): Promise<void> {
  const { jobs, entriesAJob, longJournal, longJournalOf = LONG } = size
  const entries = async (of: string, amount: number) =>
    await run(
      db,
      `insert into tallyman_journal (job_id, at, code, level, params, actor)
       with recursive n (n) as (select 1 where ${amount} > 0 union all
                                select n + 1 from n where n < ${amount})
       select ${of}, '2026-01-31T12:00:00.000Z',
         case when n % 1000 = 0 then 'TLY-1012' else 'TLY-1017' end,
         case when n % 100000 = 0 then 'error' when n % 1000 = 0 then 'warning'
              else 'information' end,
         '{"record":' || n || ',"outcome":"inserted"}', 'worker'
       from n`,
    )
  await entries(`(n - 1) / ${entriesAJob} + 1`, jobs * entriesAJob)
  await entries(String(longJournalOf), longJournal)
  await entries(String(FEW), FULL_JOURNAL)
}

const KINDS = `(values (1, 'error', 'TLY-2003', null), (2, 'error', 'TLY-3001', 'age'),
                       (3, 'error', 'TLY-3002', 'name'), (4, 'warning', 'TLY-3010', 'age'),
                       (5, 'error', 'TLY-3001', 'city'))`

/** @param bytes the type of bytes in the database */
export async function insertRejects(
  db: Db,
  jobId: number,
  rejects: number,
  bytes: 'blob' | 'bytea',
): Promise<void> {
  if (rejects === 0) return
  // The fifth kind is met in every ten thousandth record alone, and at last.
  await run(
    db,
    `insert into tallyman_reject (job_id, record, seq, kind, at, line, "offset", connector, type,
                                  field, code, params, raw)
     with recursive n (n) as (select 1 union all select n + 1 from n where n < ${rejects})
     select ${jobId}, 2 * n, 0, kind.column1, '2026-01-31T12:00:00.000Z', 2 * n + 1, 80 * n,
       'text', kind.column2, kind.column4, kind.column3, '{"expected":4,"found":3}',
       cast('12345,some name,' || n as ${bytes})
     from n join ${KINDS} as kind
       on kind.column1 = case when n = ${rejects} or n % 10000 = 9999 then 5 else 1 + n % 4 end`,
  )
  await run(
    db,
    `insert into tallyman_reject_kind (job_id, kind, type, code, field, count)
     select job_id, kind, type, code, field, count(*) from tallyman_reject
     where job_id = ${jobId} group by job_id, kind, type, code, field`,
  )
}

export async function run(db: Db, statement: string): Promise<void> {
  await sql.raw(statement).execute(db)
}
