import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { problemText } from '../../../../src/i18n/catalogue.ts'
import { LANGUAGES } from '../../../../src/i18n/languages.ts'
import { checkImport } from '../../../../src/pipeline/import/plan/check-import.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../../support/pipeline/an-import.ts'

const PERSON = `create table person (id int primary key, name text not null, age int check (age >= 0),
    kind text default 'new', made int generated always as identity);
  insert into person (id, name, age, kind) values (1, 'Ann', 30, 'old'), (2, 'Bob', 40, 'old')`
/** By itself: of some columns, one under another name, one that is computed. */
const ADULTS = `${PERSON}; create view v as select id, name as full_name, age, kind, age * 12 as months
  from person where age >= 18 with check option`

async function imported(schema: string, lines: string[], given: SomeOfImport = {}) {
  const { store, folder } = await freshStore(schema)
  const path = written(folder, [...lines, ''].join('\n'))
  const into = specify({ path, table: 'v', key: ['id'], stopIfAllRejected: false, ...given })
  await checkImport(store, into)
  const { last, batches } = await run(store, into)
  const { rows } = await sql<Record<string, unknown>>`
    select id, name, age, kind from person order by id`.execute(store.db)
  const told = batches
    .flatMap(({ rejects }) => rejects)
    .map(({ record, field, code }) => [record, field, code])
  return { rows: rows.map((row) => Object.values(row).join(' ')), told, counters: last.counters }
}

test('a view that lets its rows be changed is filled, by a key without an index', async () => {
  const many = Array.from({ length: 60 }, (_, at) => `${at + 100},P${at},20,,0`)
  const { rows, told, counters } = await imported(ADULTS, [
    'id,full_name,age,kind,months',
    '1,Anna,31,,0',
    '2,Bob,40,,0',
    '3,Cy,18,odd,0',
    '4,Di,17,,0',
    '5,,20,,0',
    '6,Ed,-1,,0',
    ...many,
  ])
  expect(told).toEqual([
    [4, null, 'TLY-3011'],
    [5, null, 'TLY-3002'],
    [6, null, 'TLY-3003'],
  ])
  expect(rows.slice(0, 4)).toEqual([
    '1 Anna 31 old',
    '2 Bob 40 old',
    '3 Cy 18 odd',
    '100 P0 20 new',
  ])
  expect(counters).toMatchObject({ inserted: 61, updated: 1, unchanged: 1, rejects: 3 })
})

test.each([1, 60])('of a view %i rows are deleted', async (count) => {
  const ids = Array.from({ length: count }, (_, at) => `${at + 2}`)
  const more = "insert into person (id, name, age) select i, 'x', 20 from generate_series(3, 99) i"
  const { counters, rows } = await imported(`${ADULTS}; ${more}`, ['id', ...ids], {
    operation: 'delete',
  })
  expect(counters).toMatchObject({ deleted: count, ignored: 0 })
  expect(rows).toHaveLength(99 - count)
})

/** By a trigger alone: it may do anything, as to leave out a row. */
const BY_TRIGGER = `${PERSON}; create view v as select id, max(name) as name from person group by id;
  create function enter() returns trigger language plpgsql as $$ begin
    if new.name = 'Bob' then return null; end if;
    insert into person (id, name) values (new.id, new.name); return new; end $$;
  create trigger enter instead of insert on v for each row execute function enter()`

test('a view that a trigger fills takes what the trigger takes', async () => {
  const { rows, told, counters } = await imported(
    BY_TRIGGER,
    ['id,name', '3,Cy', '4,Bob', '1,Ann', '5,Di'],
    { key: [], operation: 'insert' },
  )
  expect(rows.map((row) => row.split(' ')[0])).toEqual(['1', '2', '3', '5'])
  expect(told).toEqual([
    [2, null, 'TLY-3013'],
    [3, null, 'TLY-3004'],
  ])
  expect(counters).toMatchObject({ inserted: 2, ignored: 1, rejects: 1 })
})

test('a trigger that fills a view takes columns too that the view computes', async () => {
  const upper = `${PERSON}; create view v as select id, upper(name) as name, age from person;
    create function enter() returns trigger language plpgsql as $$ begin
      insert into person (id, name, age) values (new.id, new.name, new.age); return new; end $$;
    create trigger enter instead of insert on v for each row execute function enter()`
  const lines = ['id,name,age', '3,Cy,18', '4,Di,-1']
  const { rows, told } = await imported(upper, lines, { key: [], operation: 'insert' })
  expect(rows[2]).toBe('3 Cy 18 new')
  expect(told).toEqual([[2, null, 'TLY-3003']])
})

test.each<[string, string, SomeOfImport, object]>([
  ['is only filled', BY_TRIGGER, {}, { problem: 'view_without', right: 'UPDATE' }],
  [
    'is only filled',
    BY_TRIGGER,
    { operation: 'delete' },
    { problem: 'view_without', right: 'DELETE' },
  ],
  [
    'is computed',
    `${PERSON}; create view v as select id, count(*) as n from person group by id`,
    { operation: 'insert' },
    { problem: 'is_view' },
  ],
  [
    'is stored',
    `${PERSON}; create materialized view v as select id from person`,
    {},
    { problem: 'is_view' },
  ],
])('a view that %s is refused before the first record', async (_what, schema, given, problem) => {
  const { store, folder } = await freshStore(schema)
  const into = specify({ path: written(folder, 'id\n1\n'), table: 'v', key: ['id'], ...given })
  const told = { ...problem, table: 'v' }
  await expect(checkImport(store, into)).rejects.toMatchObject({ problem: told })
  await expect(run(store, into)).rejects.toMatchObject({ problem: told })
  if (!('right' in problem)) return
  const wanted = { problem: 'view_without', table: 'v', right: String(problem.right) } as const
  for (const language of LANGUAGES) {
    expect(problemText(language, wanted)).toContain(`INSTEAD OF ${wanted.right}`)
  }
})
