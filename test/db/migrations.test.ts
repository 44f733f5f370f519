import path from 'node:path'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { onTestFinished, test, expect } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { MIGRATIONS } from '../../src/db/versions.ts'
import { listRejectKinds } from '../../src/engine/rejects/reject-kinds.ts'
import { iterateRejects } from '../../src/engine/rejects/reject-stream.ts'
import type { Db } from '../../src/db/store.ts'
import { listJobs } from '../../src/engine/list/list-jobs.ts'
import { openSqlite } from '../../src/db/sqlite/open.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { NOON } from '../support/jobs/a-job.ts'
import { rescueSilent } from '../support/jobs/a-rescuer.ts'
import { all } from '../support/all.ts'
import { idsOf } from '../support/jobs/random-jobs.ts'
import { tmpDir } from '../support/tmp.ts'

const RUNNING = JSON.stringify(
  parseImportSpecification({
    path: '/data/x.csv',
    table: 'person',
    fields: { name: { sensitive: true } },
  }),
)

async function aRunningJob(db: Db): Promise<void> {
  await sql`insert into tallyman_job (id, type, label, status, specification, target_table, file_name,
              created_at, created_by, started_at, claim, worker, heartbeat_at, attempts)
            values (3, 'import', 'Under way', 'running', ${RUNNING}, 'person', 'x.csv', '2025-12-31',
              'ana', '2026-01-01', 'old', 'old worker', '2026-01-01', 1)`.execute(db)
}

/** A database as the version before the console left it, brought to the newest one. */
async function migrated(meanwhile = (_db: Db) => Promise.resolve()) {
  const store = await openSqlite(path.join(tmpDir(), 'old.db'))
  onTestFinished(() => store.close())
  const { db } = store
  const migrator = new Migrator({ db, provider: MIGRATIONS })
  expect((await migrator.migrateTo('0001_jobs')).error).toBeUndefined()
  for (const [id, label, started] of [
    [1, 'Ábaco', `'2026-01-03'`],
    [2, 'beta', 'null'],
  ]) {
    await sql
      .raw(
        `insert into tallyman_job (id, type, label, status, specification, target_table, file_name,
           created_at, created_by, started_at)
         values (${id}, 'import', '${label}', 'editing', '{}', 'person', 'Ñ.csv', '2026-01-0${id}',
                 'ana', ${started})`,
      )
      .execute(db)
  }
  const kinds = [`'TLY-3002', 'age'`, `'TLY-2001', null`, `'TLY-2001', null`]
  for (const [record, kind] of kinds.entries()) {
    await sql
      .raw(
        `insert into tallyman_reject (job_id, record, seq, at, line, "offset", connector, type,
           code, field, params, raw)
         values (1, ${record + 1}, 0, '', 1, 1, 'text', 'error', ${kind}, '{}', x'61')`,
      )
      .execute(db)
  }
  await meanwhile(db)
  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  return db
}

test('jobs of an older version are found, and sorted by date and label', async () => {
  const db = await migrated()
  const list = async (query: Partial<Parameters<typeof listJobs>[1]>) =>
    idsOf((await listJobs(db, { limit: 9, now: NOON, direction: 'asc', ...query })).jobs)
  expect(await list({ text: 'ábac' })).toEqual([1])
  expect(await list({ text: 'ñ.CSV', sort: 'label' })).toEqual([1, 2])
  expect(await list({ sort: 'started_at' })).toEqual([2, 1])
  expect(await list({ sort: 'ended_at' })).toEqual([1, 2])
  expect(await list({ sort: 'duration', direction: 'desc' })).toEqual([2, 1])
})

test('a job that an older version ran meanwhile is taken over as one of a silent worker', async () => {
  const db = await migrated(aRunningJob)
  const [taken] = await rescueSilent(db)
  expect(taken).toMatchObject({ jobId: 3, worker: 'old worker', status: 'start_pending' })
  expect(await findJob(db, 3)).toMatchObject({ claim: null, deaths: 1, is_masked: true })
})

test('rejects of an older version are counted, and found by their kind', async () => {
  const db = await migrated()
  expect(await listRejectKinds(db, 1)).toMatchObject([
    { code: 'TLY-2001', field: null, count: 2 },
    { code: 'TLY-3002', field: 'age', count: 1 },
  ])
  const found = await all(iterateRejects(db, 1, { field: null }))
  expect(found.map(({ record }) => record)).toEqual([2, 3])
})

test('a database is brought to the newest version once, and opens again as it is', async () => {
  const url = `sqlite:${path.join(tmpDir(), 'new.db')}`
  for (let time = 0; time < 2; time++) {
    const store = await openStore(url)
    const { rows } = await sql`select name from tallyman_migration order by name`.execute(store.db)
    expect(rows).toEqual([
      { name: '0001_jobs' },
      { name: '0002_console' },
      { name: '0003_deaths' },
      { name: '0004_removals' },
      { name: '0005_orders' },
      { name: '0006_results' },
      { name: '0007_postponed' },
      { name: '0008_imports' },
      { name: '0009_verify' },
      { name: '0010_clock' },
      { name: '0012_progress' },
      { name: '0013_list' },
      { name: '0014_forms' },
      { name: '0015_with_rejects' },
      { name: '0016_workers' },
      { name: '0017_dry_run' },
      { name: '0018_runs' },
      { name: '0019_sessions' },
      { name: '0020_text_search' },
      { name: '0021_priorities' },
      { name: '0025_files' },
      { name: '0030_repairs' },
      { name: '0040_trials' },
      { name: '0060_filtered' },
      { name: '0062_moves' },
      { name: '0064_templates' },
      { name: '0075_masked' },
      { name: '0086_form_holder' },
      { name: '0087_tally' },
      { name: '0088_short_texts' },
    ])
    await store.close()
  }
})

test('of processes that open a new database at once, one brings it to the newest version', async () => {
  const url = `sqlite:${path.join(tmpDir(), 'new.db')}`
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)))
  for (const store of stores) {
    expect((await listJobs(store.db, { limit: 9, now: NOON })).jobs).toEqual([])
    await store.close()
  }
})
