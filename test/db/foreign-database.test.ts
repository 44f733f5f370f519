import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { verifyDatabase } from '../../src/cli/run/verify-database.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../src/domain/specification/parse-specification.ts'
import { createJob, findJob } from '../../src/engine/jobs/jobs.ts'
import { exportJob, importJob } from '../../src/engine/jobs/new-job.ts'
import { checkExport } from '../../src/pipeline/export/check-export.ts'
import { checkImport } from '../../src/pipeline/import/plan/check-import.ts'
import { NOON, OPERATOR } from '../support/jobs/a-job.ts'
import { aForeignDatabase } from '../support/a-foreign-database.ts'
import { aStore } from '../support/a-store.ts'
import { written } from '../support/pipeline/an-import.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'

const GOOD = 'create table good (id integer primary key, name text);'
const BESIDE: [string, string][] = [
  [
    'a view of a table that was dropped',
    'create table x (a); create view v as select * from x; drop table x;',
  ],
  [
    'a view with a text in double quotes',
    'create view v as select * from good where name = "open";',
  ],
  ['a view with an unknown function', 'create view v as select foreign_rank(name) from good;'],
  [
    'a view with an unknown collation',
    'create view v as select name from good order by name collate foreign_order;',
  ],
  ['a table of an unknown module', 'create virtual table v using foreign_module(a);'],
  ['a CHECK with an unknown function', 'create table v (a check (foreign_rank(a) > 0));'],
  [
    'a generated column with an unknown function',
    'create table v (a, b as (foreign_rank(a)) stored);',
  ],
  [
    'an index with an unknown function',
    'create table v (a); create index i on v (foreign_rank(a));',
  ],
  ['a column with an unknown collation', 'create table v (a text collate foreign_order unique);'],
  [
    'a trigger with a text in double quotes',
    'create table v (a); create trigger t after insert on v begin update v set a = "now"; end;',
  ],
  [
    'a deferred foreign key to a view that is broken',
    'create table x (a); create view w as select * from x; create table v (a references w deferrable initially deferred); drop table x;',
  ],
]

test.each(BESIDE)('beside %s everything works', async (_what, setup) => {
  const { folder, store } = await aForeignDatabase(GOOD + setup)
  const file = written(folder, 'id,name\n1,Ann\n2,Bob\n')
  const wanted = parseImportSpecification({ path: file, table: 'good', key: ['id'] })
  const out = parseExportSpecification({ path: path.join(folder, 'out.csv'), table: 'good' })
  await checkImport(store, wanted)
  await checkExport(store, out)
  const jobs = [
    importJob(wanted, {}),
    importJob({ ...wanted, dryRun: true }, {}),
    exportJob(out, {}),
  ]
  for (const job of jobs) {
    const by = { now: NOON, actor: OPERATOR }
    const { id } = await createJob(store.db, { ...job, status: 'start_pending' }, by)
    await runWaiting(store)
    const done = await findJob(store.db, id)
    expect(done).toMatchObject({ status: 'finished', counters: { success: 2 } })
  }

  expect((await store.tables.list(store.db, 9)).map(({ name }) => name)).toContain('good')
  await store.file?.copyTo(path.join(folder, 'copy.db'))
  expect((await verifyDatabase(store).next()).done).toBe(true)
  expect((await aStore(folder)).store.url).toBe(store.url)
  const { rows } = await sql`select count(*) as count from good`.execute(store.db)
  expect(rows).toEqual([{ count: 2 }])
})

test('damage is found in the tables that can be looked through, beside one that cannot', async () => {
  const { store } = await aForeignDatabase(
    `${GOOD} create table v (a check (foreign_rank(a) > 0)); create table bad (a not null);
     insert into bad values (1); pragma writable_schema = 1;
     create table other (a); insert into other values (null);
     update sqlite_master set rootpage = (select rootpage from sqlite_master where name = 'other')
     where name = 'bad'`,
  )
  expect(await store.file?.findDamage(9)).toContain('NULL value in bad.a')
})
