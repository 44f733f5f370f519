import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import type { Problem } from '../../../src/domain/words/problems.ts'
import { UnusableError } from '../../../src/domain/words/errors.ts'
import { checkImport } from '../../../src/pipeline/import/plan/check-import.ts'
import { problemText } from '../../../src/i18n/catalogue.ts'
import { LANGUAGES } from '../../../src/i18n/languages.ts'
import { asUser } from '../../support/postgres/as-user.ts'
import { run as runExport, specify as exported } from '../../support/pipeline/an-export.ts'
import {
  freshStore,
  run,
  specify,
  type SomeOfImport,
  written,
} from '../../support/pipeline/an-import.ts'

const EMPTY = 'drop schema if exists sales cascade; create schema sales;'
const SCHEMA = `${EMPTY} create sequence sales.numbers;
  create table sales.customer (id int primary key, n int,
    number int default nextval('sales.numbers'), own int generated always as identity)`
const TABLE = 'sales.customer'
const [INTO, NUMBERS] = ['usage on schema sales', 'usage on sequence sales.numbers']

/** What somebody with these rights is told; else the counters. */
async function told(granted: string[], given: SomeOfImport | 'export', schema = SCHEMA) {
  const { store: owner, folder } = await freshStore(schema)
  const store = await asUser(owner, granted)
  const file = written(folder, 'id,n\n1,1\n2,2\n')
  const ran =
    given === 'export'
      ? runExport(store, exported({ table: TABLE, path: path.join(folder, 'out.csv') }))
      : run(store, specify({ path: file, table: TABLE, key: ['id'], ...given }))
  return await ran.then(
    ({ last }) => last.counters,
    (error: unknown) => (error instanceof UnusableError ? error.problem : error),
  )
}

const CASES: [what: string, given: SomeOfImport | 'export', granted: string[], Problem][] = [
  ['to look into the schema', {}, [`all on ${TABLE}`], ofSchema('USAGE')],
  ['to look into it for an export', 'export', [`select on ${TABLE}`], ofSchema('USAGE')],
  ['to read for an export', 'export', [INTO, `insert on ${TABLE}`], ofTable('SELECT')],
  ['to read', {}, [INTO, NUMBERS, `insert, update on ${TABLE}`], ofTable('SELECT')],
  [
    'to look at what is there',
    { operation: 'insert', key: [] },
    [INTO, NUMBERS, `insert on ${TABLE}`],
    ofTable('SELECT'),
  ],
  ['to insert', {}, [INTO, NUMBERS, `select, update on ${TABLE}`], ofTable('INSERT')],
  ['to update', {}, [INTO, NUMBERS, `select, insert on ${TABLE}`], ofTable('UPDATE')],
  ['to update', { operation: 'update' }, [INTO, `select on ${TABLE}`], ofTable('UPDATE')],
  [
    'to fill a column',
    { operation: 'insert', key: [] },
    [INTO, NUMBERS, `select on ${TABLE}`, `insert (id) on ${TABLE}`],
    ofTable('INSERT (n)'),
  ],
  [
    'to change a column',
    { operation: 'update' },
    [INTO, `select on ${TABLE}`, `update (id) on ${TABLE}`],
    ofTable('UPDATE (n)'),
  ],
  ['to delete', { operation: 'delete' }, [INTO, `select on ${TABLE}`], ofTable('DELETE')],
  [
    'to take numbers',
    {},
    [INTO, `select, insert, update on ${TABLE}`],
    {
      problem: 'no_right_of_sequence',
      table: TABLE,
      right: 'USAGE',
      sequence: 'sales.numbers',
    },
  ],
]

function ofTable(right: string): Problem {
  return { problem: 'no_right', table: TABLE, right }
}

function ofSchema(right: string): Problem {
  return { problem: 'no_right_of_schema', table: TABLE, right, schema: 'sales' }
}

test('only what can be read is listed, and of a table of which some columns can be read the others are told', async () => {
  const { store: owner } = await freshStore(`${SCHEMA}; create table sales.secret (id int);
    create view sales.few as select id from sales.customer; create schema closed;
    create table closed.open (id int)`)
  onTestFinished(async () => void (await sql`drop schema closed cascade`.execute(owner.db)))
  const granted = [
    INTO,
    `select (id, n) on ${TABLE}`,
    'select on sales.few',
    'select on closed.open',
  ]
  const { db, tables } = await asUser(owner, granted)
  expect(await tables.list(db, 9)).toEqual([
    { name: 'sales.customer', isView: false },
    { name: 'sales.few', isView: true },
  ])
  await tables.requireReadable(db, TABLE, ['id', 'n'])
  await expect(tables.requireReadable(db, TABLE, ['id', 'number', 'own'])).rejects.toMatchObject({
    problem: ofTable('SELECT (number, own)'),
  })
})

test.each(CASES)('who may not do what is needed %s is told which right of what', async (...one) => {
  const [, given, granted, problem] = one
  expect(await told(granted, given)).toEqual(problem)
  for (const language of LANGUAGES) {
    const sentence = problemText(language, problem)
    for (const name of Object.values(problem).slice(1)) expect(sentence).toContain(name)
  }
})

test('it is told before the first record, however bad the records are, and before there is a job', async () => {
  const { store: owner, folder } = await freshStore(SCHEMA)
  const store = await asUser(owner, [INTO, NUMBERS, `select, insert on ${TABLE}`])
  const path = written(folder, `id,n\n${'x,1\n'.repeat(30_000)}`)
  const into = specify({ path, table: TABLE, key: ['id'], stopIfAllRejected: false })
  let batches = 0
  const afterBatch = (number: number) => Promise.resolve(void (batches = number))
  const told: unknown = await run(store, into, { afterBatch }).catch((error: unknown) => error)
  expect([told, batches]).toMatchObject([{ problem: ofTable('UPDATE') }, 0])
  await expect(checkImport(store, into)).rejects.toMatchObject({ problem: ofTable('UPDATE') })
})

test('who may only read and delete rows needs no right to lock them', async () => {
  const { store: owner, folder } = await freshStore(SCHEMA)
  await sql.raw(`insert into ${TABLE} (id, n) values (1, 1), (3, 3)`).execute(owner.db)
  const store = await asUser(owner, [INTO, `select, delete on ${TABLE}`])
  const path = written(folder, 'id,n\n1,1\n2,2\n')
  const into = specify({ path, table: TABLE, key: ['id'], operation: 'delete' })
  const { last } = await run(store, into)
  expect(last.counters).toMatchObject({ deleted: 1, ignored: 1, rejects: 0 })
})

test('who may not make tables in a schema is told so', async () => {
  expect(await told([INTO], { create: true }, EMPTY)).toEqual(ofSchema('CREATE'))
})

test('rights to some columns are enough for these', async () => {
  const own = `select on ${TABLE}`
  const granted = [INTO, NUMBERS, own, `insert (id, n), update (id, n) on ${TABLE}`]
  expect(await told(granted, {})).toMatchObject({ inserted: 2, rejects: 0 })
})

test('a column that is gone while a job runs is told as that, and not as a right', async () => {
  const { store, folder } = await freshStore(SCHEMA)
  const lines = Array.from({ length: 50_000 }, (_, at) => `${at},1`)
  const path = written(folder, ['id,n', ...lines, ''].join('\n'))
  const drop = sql`alter table sales.customer drop column n`
  const afterBatch = async (number: number) => {
    if (number === 2) await drop.execute(store.db)
  }
  const running = run(store, specify({ path, table: TABLE, key: ['id'] }), { afterBatch })
  await expect(running).rejects.toMatchObject({
    reason: 'target_changed',
    params: { table: TABLE, before: 'n', now: 'id, number, own' },
  })
})
