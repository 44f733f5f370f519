import { sql } from 'kysely'
import { openStore } from '../../src/db/open.ts'
import type { Db, Store } from '../../src/db/store.ts'
import {
  FEW,
  insertJournal,
  insertRejects,
  LONG,
  MANY,
  run,
  SPECIFICATIONS,
  TEMPLATES,
  type Size,
} from './big-database.ts'

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
  await insertRejects(db, FEW, size.fewRejects, 'bytea')
  await insertRejects(db, MANY, size.manyRejects, 'bytea')
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
