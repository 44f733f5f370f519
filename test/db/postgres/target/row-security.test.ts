import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { importJob } from '../../../../src/engine/jobs/new-job.ts'
import { run as runJob } from '../../../support/jobs/tampered.ts'
import { verified } from '../../../support/jobs/verified.ts'
import { asUser } from '../../../support/postgres/as-user.ts'
import { run as runExport, specify as exported } from '../../../support/pipeline/an-export.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'

/** Of `t` and `place`, a user sees the rows that are marked with an a. */
const SCHEMA = `
  create table place (n int primary key, mark text);
  insert into place select n, case when n % 2 = 0 then 'a' else 'b' end from generate_series(1, 10) as n;
  create table t (id int primary key, place int references place, mark text);
  alter table place enable row level security;
  create policy seen on place for select using (mark = 'a')`

const USER = ['all on t', 'select on place']

test('a record may refer to a row that a policy hides, as the server lets it', async () => {
  const { store: owner, folder } = await freshStore(SCHEMA)
  const store = await asUser(owner, USER)
  const lines = Array.from({ length: 40 }, (_, at) => `${at},${at % 12},a`)
  const path = written(folder, ['id,place,mark', ...lines, ''].join('\n'))
  const { batches, last } = await run(store, specify({ path, table: 't', operation: 'insert' }))
  const rejected = batches.flatMap(({ rejects }) => rejects).map(({ record }) => record)
  expect(rejected).toEqual([1, 12, 13, 24, 25, 36, 37])
  expect(last.counters).toMatchObject({ inserted: 33, rejects: 7 })
})

const HIDDEN = { code: 'TLY-1037', params: { table: 't' } }
const HIDE = `${SCHEMA};
  insert into t values (1, 2, 'a'), (2, 2, 'b');
  alter table t enable row level security;
  create policy seen on t using (mark = 'a') with check (true)`

test('a job whose table may hide rows says so', async () => {
  const { store: owner, folder } = await freshStore(HIDE)
  const store = await asUser(owner, USER)
  const lines = ['id,place,mark', '1,4,a', '2,4,a', '']
  const path = written(folder, lines.join('\n'))
  const { batches, last } = await run(store, specify({ path, table: 't', key: ['id'] }))
  expect(last.counters).toMatchObject({ updated: 1, rejects: 1 })
  expect(batches.flatMap(({ journal }) => journal)).toContainEqual(HIDDEN)
  const to = `${folder}/out.csv`
  const out = await runExport(store, exported({ table: 't', path: to }))
  expect(readFileSync(to, 'utf8')).toBe('id,place,mark\n1,4,a\n')
  expect(out.batches.flatMap(({ journal }) => journal)).toEqual([HIDDEN])

  const ofOwner = await run(owner, specify({ path, table: 't', key: ['id'] }))
  expect(ofOwner.batches.flatMap(({ journal }) => journal)).not.toContainEqual(HIDDEN)
})

test('rows that cannot be counted are told, and keep nothing else from being verified', async () => {
  const { store: owner, folder } = await freshStore(
    `${SCHEMA}; create table u (like t); create table v (like t)`,
  )
  const store = await asUser(owner, [
    ...USER,
    'all on u, v',
    'select on all sequences in schema public',
  ])
  const path = written(folder, 'id,place,mark\n1,2,a\n2,2,b\n')
  for (const table of ['t', 'u', 'v'])
    await runJob(store, importJob(parseImportSpecification({ path, table }), {}))
  await sql.raw(HIDE.slice(HIDE.indexOf('alter table t'))).execute(owner.db)
  await sql.raw(`revoke all on u from ${new URL(store.url).username}`).execute(owner.db)
  await sql`delete from v where id = 1`.execute(owner.db)
  expect(await verified(store)).toMatchObject({
    jobs: 3,
    unknownTables: ['t'],
    found: expect.arrayContaining([
      { job: null, problem: { problem: 'no_right', table: 'u', right: 'SELECT' } },
      { job: null, problem: { problem: 'rows_off', table: 'v', rows: 1, accounted: 2 } },
    ]),
  })
})
