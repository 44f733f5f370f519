import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../support/pipeline/an-import.ts'

type Given = SomeOfImport

/** What a file comes to in the table `person` that the statements make. */
async function imported(
  setup: string,
  text: string,
  given: Given = {},
  at = freshStore('select 1'),
) {
  const { store, folder } = await at
  for (const statement of setup.split('; ')) await sql.raw(statement).execute(store.db)
  const path = written(folder, text)
  const { last, batches } = await run(store, specify({ path, key: ['id'], ...given }))
  const rejects = batches
    .flatMap((batch) => batch.rejects)
    .map(({ record, field, code, params }) => ({ record, field, code, params }))
  const { rows } = await sql<Record<string, unknown>>`
    select *, typeof(id) as kind from person order by rowid`.execute(store.db)
  return { counters: last.counters, rejects, rows }
}

const UNTYPED = 'create table person (id, name)'

test.each([
  ['without a type', UNTYPED, '1', '1'],
  ['without a type, unique', 'create table person (id primary key, name)', '1', '1'],
  ['ANY of a strict table', 'create table person (id any, name any) strict', '1', '1'],
  ['without a type', UNTYPED, '1.5', '1.5'],
  ['without a type', UNTYPED, '1.0', '1.0'],
  ['without a type', UNTYPED, '1e20', '1.0e+20'],
  ['without a type', UNTYPED, '9223372036854775807', '9223372036854775807'],
  ['of a type of its own', 'create table person (id STRING, name)', '1.5', '1.5'],
])('in a column %s (%s) the number %s is found by the key %s', async (_, create, stored, key) => {
  const old = `${create}; insert into person values (${stored}, 'old')`
  const { counters, rows } = await imported(old, `id,name\n${key},new\n`)
  expect(counters).toMatchObject({ updated: 1, inserted: 0 })
  expect(rows).toMatchObject([{ name: 'new' }])
  expect(rows[0]?.['kind']).not.toBe('text')
})

test('a text is found before the number that is written in another way', async () => {
  const { counters } = await imported(
    `${UNTYPED}; insert into person values (1, 'old')`,
    'id,name\n01,a\n1.0,b\n+1,c\n',
  )
  expect(counters).toMatchObject({ inserted: 3, updated: 0 })
})

test('a key that finds a number beside a text finds several rows', async () => {
  const { rejects } = await imported(
    `${UNTYPED}; insert into person values (1, 'one'), ('1', 'two')`,
    'id,name\n1,new\n',
  )
  expect(rejects).toMatchObject([{ code: 'TLY-3009' }])
})

test('a number that is found is a double when it comes again', async () => {
  const { counters } = await imported(
    `${UNTYPED}; insert into person values (1, 'old')`,
    'id,name\n1,a\n1,b\n1.0,c\n',
    { doubles: 'ignore' },
  )
  expect(counters).toMatchObject({ doubles: 1, updated: 1, inserted: 1 })
})

test('rows are updated and deleted by the number that the key is written as', async () => {
  const { counters, rows } = await imported(
    `${UNTYPED}; insert into person values (1, 'one'), ('2', 'two'), (3.5, 'three')`,
    'id\n1\n2\n3.5\n4\n',
    { operation: 'delete' },
  )
  expect(counters).toMatchObject({ deleted: 3, ignored: 1 })
  expect(rows).toEqual([])
})

test.each(['nocase', 'rtrim', 'binary'])(
  'an index of another collation than its column (%s) comes to the same, however records are grouped',
  async (collation) => {
    for (const other of ['nocase', 'rtrim', 'binary']) {
      const create = `create table person (id text collate ${collation}, name text)`
      const setup = `${create}; create unique index i on person (id collate ${other})`
      const keys = ['a', 'A', 'a ', 'b', 'b', 'B ']
      const records = keys.map((key, at) => `"${key}",${at}\n`)
      const together = await imported(setup, `id,name\n${records.join('')}`)
      const apart = await imported(setup, `id,name\n${records.join('')}`, {
        doubles: 'reject',
        duplicates: 'update',
      })
      const same = (one: string, two: string) => fold(one, collation) === fold(two, collation)
      const distinct = keys.filter((key, at) => keys.findIndex((one) => same(one, key)) === at)
      const twice = keys.length - distinct.length
      expect(apart.counters.doubles).toBe(twice)
      expect(together.counters.inserted + together.counters.rejects).toBe(
        keys.length - together.counters.updated,
      )
      if (collation === other)
        expect(together.counters).toMatchObject({ updated: twice, rejects: 0 })
    }
  },
)

function fold(text: string, collation: string): string {
  if (collation === 'nocase') return text.toLowerCase()
  return collation === 'rtrim' ? text.trimEnd() : text
}

const KEYS = ['1', '1.0', '1.5', '01', 'a', 'A', 'a ', '-0', '0', '1e3', '1000', '1000.0', '٣']
const TYPES = ['', 'text', 'text collate nocase', 'text collate rtrim', 'STRING', 'numeric', 'real']

test('a key is a double exactly where the row that it made would be found again', async () => {
  const at = freshStore('select 1')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...TYPES),
      fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 8 }),
      async (type, keys) => {
        const text = `id,name\n${keys.map((key, at) => `"${key}",${at}\n`).join('')}`
        const clear = 'drop table if exists person; delete from tallyman_key'
        const create = `${clear}; create table person (id ${type}, name text)`
        const fields = { id: { ...OPTIONS, onError: 'warn' as const } }
        const updating = await imported(create, text, { fields }, at)
        const ignoring = await imported(create, text, { fields, doubles: 'ignore' }, at)
        expect(ignoring.counters.inserted).toBe(updating.counters.inserted)
        expect(ignoring.counters.doubles).toBe(
          updating.counters.updated + updating.counters.unchanged,
        )
      },
    ),
    { numRuns: 60 },
  )
})

const OPTIONS = { emptyOverwrites: false, onlyIfEmpty: false, onlyOnInsert: false }

test('a key of which a part is empty is told by that part', async () => {
  const create = 'create table person (id text, b text, c int)'
  const text = 'id,b,c\nx,,1\n,,1\n,y,1\n'
  const { rejects } = await imported(create, text, { key: ['id', 'b'] })
  expect(rejects).toEqual([
    { record: 1, field: 'b', code: 'TLY-3006', params: { fields: 'b' } },
    { record: 2, field: 'id', code: 'TLY-3006', params: { fields: 'id, b' } },
    { record: 3, field: 'id', code: 'TLY-3006', params: { fields: 'id' } },
  ])
  const both = await imported(create, text, { key: ['id'], secondKey: ['b', 'c'] })
  expect(both.rejects).toMatchObject([{ record: 2, field: 'id', params: { fields: 'id, b' } }])
})

test.each(['warn', 'reject'] as const)(
  'a text that the column changes, or a number that it can only round: %s',
  async (onError) => {
    const create = 'create table person (id integer, tel STRING, x real)'
    const text = 'id,tel,x\n1,010,0.5\n2,5,12345678901234567.8\n3,a,0.1\n'
    const fields = { tel: { ...OPTIONS, onError }, x: { ...OPTIONS, onError } }
    const { rejects, rows, counters } = await imported(create, text, {
      operation: 'insert',
      fields,
    })
    expect(rejects).toEqual([
      { record: 1, field: 'tel', code: 'TLY-3021', params: { given: '010', stored: '10' } },
      {
        record: 2,
        field: 'x',
        code: 'TLY-3020',
        params: { given: '12345678901234567.8', stored: '12345678901234568' },
      },
    ])
    const kept = [
      { id: 1, tel: 10, x: 0.5 },
      { id: 2, tel: 5, x: 12345678901234568 },
      { id: 3, tel: 'a', x: 0.1 },
    ]
    expect(rows).toMatchObject(onError === 'warn' ? kept : [kept[2]])
    expect(counters).toMatchObject(
      onError === 'warn' ? { warnings: 2, rejects: 0 } : { rejects: 2 },
    )
  },
)

test('what a column makes of a text is unchanged when the text comes again', async () => {
  const create =
    'create table person (id integer, tel STRING, x real); insert into person values (1, 10, 0.5)'
  const fields = { tel: { ...OPTIONS, onError: 'warn' as const } }
  const { counters } = await imported(create, 'id,tel,x\n1,010,0.50\n', { fields })
  expect(counters).toMatchObject({ unchanged: 1, warnings: 1 })
})
