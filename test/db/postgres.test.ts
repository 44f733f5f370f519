import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { aStore } from '../support/a-store.ts'
import { tallyman } from '../support/cli.ts'
import { databaseIn } from '../support/databases.ts'
import { tmpDir } from '../support/tmp.ts'

test('values come back exactly, as numbers where those are exact and else as texts', async () => {
  const { store } = await aStore()
  const { rows } = await sql`
    select 9007199254740991::int8 as safe, 9007199254740993::int8 as wide, 0.1::numeric(5, 2) as decimal,
           '2026-01-31 12:00:00.123456+01'::timestamptz as instant, '2026-01-31'::date as day,
           '{"a": 1}'::json as json, true as yes, 0.5::float8 as half, null::int8 as nothing`.execute(
    store.db,
  )
  expect(rows).toEqual([
    {
      safe: Number.MAX_SAFE_INTEGER,
      wide: '9007199254740993',
      decimal: '0.10',
      instant: '2026-01-31T11:00:00.123456Z',
      day: '2026-01-31',
      json: '{"a": 1}',
      yes: true,
      half: 0.5,
      nothing: null,
    },
  ])
})

test('a table is described with its keys and types, and found by its exact name', async () => {
  const { store } = await aStore()
  await sql`create table "Person" (id int primary key, name varchar(40) not null default 'x',
    born timestamptz, size numeric, twice int generated always as (id * 2) stored, unique (name, born))`.execute(
    store.db,
  )
  await sql`create view old as select * from "Person"`.execute(store.db)
  await sql`insert into "Person" (id, name) values (1, 'Ana')`.execute(store.db)
  const table = await store.tables.describe(store.db, 'Person')
  expect(table).toMatchObject({
    isView: false,
    primaryKey: ['id'],
    unique: [['id'], ['name', 'born']],
    columns: [
      { name: 'id', type: 'integer', nullable: false, generated: false },
      { name: 'name', type: 'text', maxLength: 40, declared: 'character varying(40)' },
      { name: 'born', type: 'datetime', nullable: true, defaultSql: null },
      { name: 'size', type: 'number', affinity: 'numeric' },
      { name: 'twice', generated: true },
    ],
  })
  expect(await store.tables.describe(store.db, 'person')).toBeUndefined()
  expect(await store.tables.describe(store.db, 'no"; such')).toBeUndefined()
  expect(await store.tables.list(store.db, 9)).toEqual([
    { name: 'old', isView: true },
    { name: 'Person', isView: false },
  ])
  expect([
    await store.tables.hasRows(store.db, 'Person'),
    await store.tables.count(store.db, 'Person'),
  ]).toEqual([true, 1])
})

test('a database without tables of Tallyman is not taken for one of it', async () => {
  const bare = new URL(await databaseIn(tmpDir(), 'test.db'))
  bare.pathname = '/template1'
  const opening = openStore(bare.href, { mustExist: true })
  await expect(opening).rejects.toMatchObject({
    problem: {
      problem: 'no_database',
      database: `postgres://…@${bare.host}/template1`,
    },
  })
})

test('what cannot be done there is refused by a sentence', async () => {
  const { store } = await aStore()
  const { code, err } = await tallyman(tmpDir(), ['backup', 'copy.db', '--database', store.url])
  expect([code, err]).toEqual([2, expect.stringContaining('pg_dump')])
  expect(() => store.openPostponed(1)).toThrow('no_rows_yet')
  expect(await store.takesWrites(10_000)).toBe(true)
})
