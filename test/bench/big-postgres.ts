import { sql } from 'kysely'
import { openStore } from '../../src/db/open.ts'
import type { Db, Store } from '../../src/db/store.ts'
import { FEW, FULL_JOURNAL, KINDS, LONG, MANY, SPECIFICATIONS, TEMPLATES } from './big-database.ts'
import type { Size } from './big-database.ts'

const LAST_SECOND = `extract(epoch from timestamptz '2026-02-01 00:00:00Z')::bigint`
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** The same as `buildDatabase` makes, in an empty database of PostgreSQL. */
export async function buildOnPostgres(url: string, size: Size): Promise<Store> {
  const store = await openStore(url)
  const { db } = store
  const { rows: indexes } = await sql<{ name: string; sql: string }>`
    select indexname as name, indexdef as sql from pg_indexes
    where tablename in ('tallyman_job', 'tallyman_journal', 'tallyman_reject')
      and indexname not in (select conname from pg_constraint)`.execute(db)
  for (const { name } of indexes) await run(db, `drop index "${name}"`)
  await insertJobs(db, size.jobs)
  await insertJournal(db, size)
  await insertRejects(db, FEW, size.fewRejects)
  await insertRejects(db, MANY, size.manyRejects)
  for (const index of indexes) await run(db, index.sql)
  await run(db, 'vacuum analyze')
  return store
}

async function insertJobs(db: Db, jobs: number): Promise<void> {
  const drawn = `
    select id, (id * 2654435761) % 4294967296 / 4294967296.0 as x,
           (id * 1779033703) % 4294967296 / 4294967296.0 as y,
           to_timestamp(${LAST_SECOND} - trunc((${jobs} - id + 1) * 86.4)) at time zone 'UTC' as made
    from generate_series(1::bigint, ${jobs}) as n (id)`
  const job = `
    select id, x, y,
      case when id > ${jobs} - 50
             then (array['start_pending', 'running', 'pausing', 'cancelling', 'shutting_down'])[1 + id % 5]
           when x < 0.6 then 'finished' when x < 0.7 then 'failed' when x < 0.8 then 'cancelled'
           when x < 0.9 then 'paused' else 'editing' end as status,
      case when id <= ${LONG} or y < 0.7 then 'import' else 'export' end as type,
      case when id % (${jobs} / 60) = 0 then 'Zeppelin ' else '' end ||
      case when id % 20 = 7 then 'Harbour ' else '' end ||
      (array['Customers ', 'People ', 'Orders '])[1 + id % 3] ||
        lpad(trunc(x * 10000000)::text, 7, '0') as label,
      to_char(made, ${ISO}) as created_at,
      made + trunc(30 * y)::int * interval '1 second' as started,
      trunc(x * y * 3600000)::bigint as took
    from (${drawn}) as drawn`
  await run(
    db,
    `insert into tallyman_job (id, type, label, status, specification, target_table, file_name,
       created_at, created_by, started_at, ended_at, running_since, claim, processed, success,
       inserted, rejects, duration_ms, label_key, search_text, dated_at, template)
     overriding system value
     select id, type, label, status,
       case type when 'import' then '${SPECIFICATIONS.import}' else '${SPECIFICATIONS.export}' end,
       'person', 'people.csv', created_at, 'ana',
       case when status not in ('editing', 'start_pending') then to_char(started, ${ISO}) end,
       case when status in ('finished', 'failed', 'cancelled')
            then to_char(started + took / 1000 * interval '1 second', ${ISO}) end,
       case when status in ('running', 'pausing', 'cancelling') then to_char(started, ${ISO}) end,
       case when status in ('running', 'pausing', 'cancelling') then 'claim ' || id end,
       trunc(y * 1000000) + case when x < 0.2 then 10 else 0 end, trunc(y * 1000000),
       trunc(y * 1000000), case when x < 0.2 then 10 else 0 end, took, lower(label),
       concat(lower(label), repeat(chr(10), 2), 'people.csv', chr(10), 'person', repeat(chr(10), 2)),
       case when status in ('editing', 'start_pending') then created_at
            else to_char(started, ${ISO}) end,
       case when id % (${jobs} / 60) = 5 then '${TEMPLATES.rare}'
            when (id / 60) % 20 = 11 then '${TEMPLATES.uncommon}'
            when (id / 60) % 3 = 1 then '${TEMPLATES.common}' end
     from (${job}) as job order by id`,
  )
}

async function insertJournal(db: Db, size: Size): Promise<void> {
  const { jobs, entriesAJob, longJournal, longJournalOf = LONG } = size
  const entries = async (of: string, amount: number) =>
    await run(
      db,
      `insert into tallyman_journal (job_id, at, code, level, params, actor)
       select ${of}, '2026-01-31T12:00:00.000Z',
         case when n % 1000 = 0 then 'TLY-1012' else 'TLY-1017' end,
         case when n % 100000 = 0 then 'error' when n % 1000 = 0 then 'warning'
              else 'information' end,
         '{"record":' || n || ',"outcome":"inserted"}', 'worker'
       from generate_series(1, ${amount}) as n`,
    )
  await entries(`(n - 1) / ${entriesAJob} + 1`, jobs * entriesAJob)
  await entries(String(longJournalOf), longJournal)
  await entries(String(FEW), FULL_JOURNAL)
}

async function insertRejects(db: Db, jobId: number, rejects: number): Promise<void> {
  await run(
    db,
    `insert into tallyman_reject (job_id, record, seq, kind, at, line, "offset", connector, type,
                                  field, code, params, raw)
     select ${jobId}, 2 * n, 0, kind.column1, '2026-01-31T12:00:00.000Z', 2 * n + 1, 80 * n,
       'text', kind.column2, kind.column4, kind.column3, '{"expected":4,"found":3}',
       convert_to('12345,some name,' || n, 'UTF8')
     from generate_series(1, ${rejects}) as n join ${KINDS} as kind
       on kind.column1 = case when n = ${rejects} or n % 10000 = 9999 then 5 else 1 + n % 4 end`,
  )
  await run(
    db,
    `insert into tallyman_reject_kind (job_id, kind, type, code, field, count)
     select job_id, kind, min(type), min(code), min(field), count(*) from tallyman_reject
     where job_id = ${jobId} group by job_id, kind`,
  )
}

async function run(db: Db, statement: string): Promise<void> {
  await sql.raw(statement).execute(db)
}
