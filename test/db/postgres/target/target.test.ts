import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { fieldOptions } from '../../../../src/domain/specification/fields/field-options.ts'
import { namedFormat } from '../../../../src/domain/specification/fields/named-formats.ts'
import { ALL_ROWS } from '../../../../src/domain/records/rows-wanted.ts'
import { openStore } from '../../../../src/db/open.ts'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { commitBatch, holdJob } from '../../../../src/engine/lifecycle/batch.ts'
import { transition } from '../../../../src/engine/lifecycle/transition.ts'
import { aBatch } from '../../../support/jobs/a-batch.ts'
import { after, aJob, OPERATOR } from '../../../support/jobs/a-job.ts'
import { byteByByte } from '../../../support/postgres/byte-by-byte.ts'
import { tmpDir } from '../../../support/tmp.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'

/** Imports lines into a table that is made first, and tells what came of it. */
async function imported(
  schema: string[],
  lines: string[],
  given: Partial<ImportSpecification> = {},
) {
  const [first = '', ...more] = schema
  const { store, folder } = await freshStore(first)
  for (const statement of more) await sql.raw(statement).execute(store.db)
  const path = written(folder, [...lines, ''].join('\n'))
  const specification = specify({ path, table: 't', stopIfAllRejected: false, ...given })
  const { batches, last } = await run(store, specification)
  const told = batches
    .flatMap(({ rejects }) => rejects)
    .map(({ record, code, field, params }) => [record, code, field, params])
  const rows = async (text = 'select * from t order by 1') =>
    (await sql.raw<Record<string, unknown>>(text).execute(store.db)).rows
  return { store, path, specification, counters: last.counters, told, rows }
}

test('what a rule of the table refuses is told with its field, and its neighbours go in', async () => {
  const { counters, told, rows } = await imported(
    [
      'create table place (n int primary key)',
      `create table t (id int primary key, name varchar(5) not null, age int, mail text unique,
        place int references place, span int4range, constraint grown check (age >= 18),
        check (name <> 'x'), exclude using gist (span with &&))`,
      'insert into place values (1)',
    ],
    [
      'id,name,age,mail,place,span',
      '1,Ann,20,a@x,1,"[1,3)"',
      '2,Bob,17,b@x,1,',
      '3,x,18,c@x,1,',
      '4,Di,18,a@x,1,',
      '5,Ed,18,e@x,2,',
      '6,Fi,18,f@x,1,"[2,4)"',
      '7,,18,g@x,1,',
      '8,Hal,99999999999,h@x,1,',
      '9,Ian,18,i@x,1,nonsense',
      '10,Jo,18,j@x,1,"[5,6)"',
    ],
    { key: ['id'] },
  )
  expect(told).toEqual([
    [2, 'TLY-3003', 'age', { detail: 'grown' }],
    [3, 'TLY-3003', 'name', { detail: expect.stringContaining('<>') }],
    [4, 'TLY-3004', 'mail', { detail: 't.mail (t_mail_key)' }],
    [
      5,
      'TLY-3005',
      'place',
      { detail: expect.stringMatching(/\(place\)=\(2\).* \(t_place_fkey\)$/) },
    ],
    [6, 'TLY-3017', 'span', { detail: 't.span (t_span_excl)' }],
    [7, 'TLY-3002', 'name', {}],
    [8, 'TLY-3001', 'age', expect.objectContaining({ value: '99999999999', most: '2147483647' })],
    [9, 'TLY-3011', 'span', { detail: expect.stringContaining('nonsense') }],
  ])
  expect(counters).toMatchObject({ inserted: 2, rejects: 8, errors: 8 })
  expect((await rows()).map(({ id }) => id)).toEqual([1, 10])
})

test('one bad record in a hundred costs its neighbours nothing', async () => {
  const lines = Array.from({ length: 3000 }, (_, at) => `${at},${at % 100 === 50 ? -1 : at}`)
  const { counters, rows } = await imported(
    ['create table t (id int primary key, n int check (n >= 0))'],
    ['id,n', ...lines],
    { key: ['id'] },
  )
  expect(counters).toMatchObject({ inserted: 2970, rejects: 30 })
  expect(await rows('select count(*) as n from t')).toEqual([{ n: 2970 }])
})

test('of many records each is refused by its rule, whether a query shows that or the try alone', async () => {
  const odd: Record<number, string> = {
    100: '100,m100,-1,1,,0',
    101: '99,m101,1,1,,0',
    // The record that had its key was refused.
    150: '100,m150,1,1,,0',
    200: '200,m200,1,9,,0',
    250: '250,M10,1,1,,0',
    300: '300,m300,1,1,"[5,9)",0',
    301: '301,m301,1,1,"[6,7)",0',
    350: '350,m350,1,1,,7',
    351: '351,m351,1,1,,7',
    400: '98,m400,-1,9,,7',
  }
  const lines = Array.from({ length: 500 }, (_, at) => odd[at + 1] ?? `${at + 1},m${at + 1},1,1,,0`)
  const { counters, told, rows } = await imported(
    [
      'create table place (n int primary key)',
      `create table t (id int primary key, mail text, age int check (age >= 0), place int references place,
        span int4range, b int, exclude using gist (span with &&))`,
      'create unique index on t (lower(mail)); create unique index part on t (b) where b > 0',
      'insert into place values (1)',
    ],
    ['id,mail,age,place,span,b', ...lines],
    { operation: 'insert' },
  )
  expect(told.map(([record, code, field]) => [record, code, field])).toEqual([
    [100, 'TLY-3003', 'age'],
    [101, 'TLY-3004', 'id'],
    [200, 'TLY-3005', 'place'],
    [250, 'TLY-3004', null],
    [301, 'TLY-3017', 'span'],
    [351, 'TLY-3004', 'b'],
    [400, 'TLY-3003', 'age'],
  ])
  expect(told[2]?.[3]).toEqual({
    detail: 'Key (place)=(9) is not present in table "place" (t_place_fkey)',
  })
  expect(counters).toMatchObject({ inserted: 493, rejects: 7 })
  expect(await rows('select mail from t where id = 100')).toEqual([{ mail: 'm150' }])
})

test('values of every type are equal however they are written, and no value is changed unseen', async () => {
  const schema = [
    `create table t (id uuid primary key, n numeric(6, 2), d double precision, r real, c char(4),
      b boolean, day date, at timestamptz, here timestamp, j jsonb, x bytea, l int[], i interval)`,
    `insert into t values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1.5, 0.1, 0.1, 'ab', true,
      '2026-01-31', '2026-01-31 12:00:00+00', '2026-01-31 12:00', '{"b": 1, "a": 2}', '\\x00ff',
      '{1,2}', '1 day')`,
  ]
  const same =
    'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11,1.50,0.10,0.1,ab,yes,2026-01-31,' +
    '2026-01-31T13:00:00+01:00,2026-01-31T12:00:00Z,"{""a"":2,""b"":1}",00FF,"{1, 2}",24:00:00'
  const header = 'id,n,d,r,c,b,day,at,here,j,x,l,i'
  const { counters, told, rows } = await imported(
    schema,
    [
      header,
      same.replace(',24:00:00', ',P1D'),
      'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,1.555,,,,,,,,,,,',
      'c0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,12345,,,,,,,,,,,',
      'd0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,,,0.123456789,,,,,,,,,',
      'e0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,,,,,,,,2026-01-31T12:00:00+02:00,,,,',
      'f0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,,,,,,,,,{bad,,,',
      'no uuid,,,,,,,,,,,,',
    ],
    { key: ['id'] },
  )
  expect(told.map(([record, code, field]) => [record, code, field])).toEqual([
    [2, 'TLY-3020', 'n'],
    [3, 'TLY-3001', 'n'],
    [4, 'TLY-3020', 'r'],
    [5, 'TLY-3001', 'here'],
    [6, 'TLY-3011', 'j'],
    [7, 'TLY-3011', 'id'],
  ])
  expect(counters).toMatchObject({ unchanged: 1, rejects: 6, updated: 0 })
  expect(await rows('select count(*) as n from t')).toEqual([{ n: 1 }])
})

const TRIGGER = `create function odd() returns trigger language plpgsql as $$
  begin
    if new.name = 'gone' then return null; end if;
    if new.name = 'loud' then new.name := 'LOUD'; end if;
    if new.name = 'two' then insert into t values (new.id + 100, 'made'); end if;
    if new.name = 'no' then raise exception 'none of those'; end if;
    new.seen := 1;
    return new;
  end $$`

test('what a trigger swallows, changes, adds and refuses is told of its record alone', async () => {
  const { counters, told, rows } = await imported(
    [
      'create table t (id int primary key, name text, seen int)',
      TRIGGER,
      'create trigger odd before insert or update on t for each row execute function odd()',
    ],
    ['id,name', '1,plain', '2,gone', '3,loud', '4,two', '5,no', '6,plain'],
    { key: ['id'] },
  )
  expect(told).toEqual([
    [2, 'TLY-3013', null, {}],
    [3, 'TLY-3014', 'name', { given: 'loud', stored: 'LOUD' }],
    [4, 'TLY-3015', null, { inserted: 1, updated: 0, deleted: 0 }],
    [5, 'TLY-3011', null, { detail: 'none of those' }],
  ])
  expect(counters).toMatchObject({ inserted: 4, ignored: 1, rejects: 1, warnings: 3 })
  expect(await rows('select id, name from t order by id')).toEqual([
    { id: 1, name: 'plain' },
    { id: 3, name: 'LOUD' },
    { id: 4, name: 'two' },
    { id: 6, name: 'plain' },
    { id: 104, name: 'made' },
  ])
})

test('a deferred key refuses its record alone, and so does a trigger that waits for the commit', async () => {
  const refusing = await imported(
    [
      'create table place (n int primary key)',
      'create table t (id int primary key, place int references place deferrable initially deferred)',
      'insert into place values (1)',
    ],
    ['id,place', '1,1', '2,7', '3,1'],
    { key: ['id'] },
  )
  expect(refusing.told.map(([record, code]) => [record, code])).toEqual([[2, 'TLY-3005']])
  expect(refusing.counters).toMatchObject({ inserted: 2, rejects: 1 })

  const waiting = await imported(
    [
      'create table t (id int primary key)',
      `create function late() returns trigger language plpgsql as $$
         begin if new.id = 2 then raise exception 'too late'; end if; return null; end $$`,
      `create constraint trigger late after insert on t deferrable initially deferred
         for each row execute function late()`,
    ],
    ['id', '1', '2', '3'],
    { key: ['id'] },
  )
  expect(waiting.told).toEqual([[2, 'TLY-3011', null, { detail: 'too late' }]])
  expect((await waiting.rows()).map(({ id }) => id)).toEqual([1, 3])
})

test('what a domain refuses is told with the field that it is of, where one alone can be', async () => {
  const schema = [
    'drop domain if exists small, few; create domain small as int check (value < 9)',
    'create domain few as int check (value < 5)',
    'create table t (id int primary key, a small, b small, c few[])',
  ]
  const lines = ['id,a,b,c', '1,1,1,"{1}"', '2,1,9,', '3,1,1,"{1,5}"']
  const inserted = await imported(schema, lines, { key: ['id'] })
  expect(inserted.told).toEqual([
    [2, 'TLY-3003', 'b', { detail: 'small_check' }],
    [3, 'TLY-3003', 'c', { detail: 'few_check' }],
  ])
  const rows = 'insert into t values (2, 1, 1, null), (3, 1, 1, null)'
  const updated = await imported([...schema, rows], lines, { key: ['id'] })
  expect(updated.told).toEqual([
    [2, 'TLY-3003', null, { detail: 'small_check' }],
    [3, 'TLY-3003', 'c', { detail: 'few_check' }],
  ])
})

test('what a partition alone refuses is told with its field', async () => {
  const { told, rows } = await imported(
    [
      'create table t (id int, region text, mail text, n int) partition by list (region)',
      `create table eu partition of t (constraint few check (n < 10)) for values in ('eu')`,
      'create unique index eu_mail on eu (mail)',
      `create table us partition of t (unique (n)) for values in ('us')`,
    ],
    [
      'id,region,mail,n',
      '1,eu,a@x,1',
      '2,eu,a@x,1',
      '3,eu,b@x,11',
      '4,us,a@x,1',
      '5,us,a@x,1',
      '6,asia,a@x,1',
    ],
    { operation: 'insert' },
  )
  expect(told).toEqual([
    [2, 'TLY-3004', 'mail', { detail: 't.mail (eu_mail)' }],
    [3, 'TLY-3003', 'n', { detail: 'few' }],
    [5, 'TLY-3004', 'n', { detail: 't.n (us_n_key)' }],
    [
      6,
      'TLY-3003',
      'region',
      { detail: 'no partition of relation "t" found for row: (region) = (asia)' },
    ],
  ])
  expect((await rows()).map(({ id }) => id)).toEqual([1, 4])
})

test('what no partition takes is told without a sensitive value, however the server writes it', async () => {
  const { told } = await imported(
    [
      'create table t (id int, year int, born date) partition by range (year, born)',
      `create table t1 partition of t for values from (0, '2000-01-01') to (9, '2000-01-01')`,
    ],
    ['id,year,born', '1,50,17/05/1990'],
    {
      operation: 'insert',
      fields: { born: fieldOptions.parse({ sensitive: true, format: namedFormat('dmy') }) },
    },
  )
  expect(told).toEqual([
    [
      1,
      'TLY-3003',
      'year',
      { detail: 'no partition of relation "t" found for row: (year, born) = (***)' },
    ],
  ])
})

test.each(['check_violation', 'unique_violation', 'foreign_key_violation', 'raise_exception'])(
  'what a trigger says of a row is told without its sensitive values, also as a %s',
  async (condition) => {
    const { told } = await imported(
      [
        'create table t (id int, born date)',
        `create or replace function refuse_born() returns trigger language plpgsql as $$
         begin raise exception 'too old: %', new.born using errcode = '${condition}'; end $$`,
        'create trigger refuse before insert on t for each row execute function refuse_born()',
      ],
      ['id,born', '1,17/05/1990'],
      {
        operation: 'insert',
        fields: { born: fieldOptions.parse({ sensitive: true, format: namedFormat('dmy') }) },
      },
    )
    expect(told).toEqual([[1, expect.any(String), null, { detail: '***' }]])
  },
)

test('a key of an heir is found, and its unique values are none of the table itself', async () => {
  const schema = [
    'create table t (id int primary key, n int)',
    'create table heir () inherits (t)',
    'insert into heir values (5, 0)',
  ]
  const lines = ['id,n', '5,1', '6,1', '6,2']
  const rows = 'select tableoid::regclass::text as of, id, n from t order by 1 desc, 2'
  const keyed = await imported(schema, lines.slice(0, 3), { key: ['id'] })
  expect(keyed.counters).toMatchObject({ inserted: 1, updated: 1, rejects: 0 })
  expect(await keyed.rows(rows)).toEqual([
    { of: 't', id: 6, n: 1 },
    { of: 'heir', id: 5, n: 1 },
  ])
  const inserted = await imported(schema, lines, { operation: 'insert' })
  expect(inserted.counters).toMatchObject({ inserted: 2, rejects: 1 })
  expect(inserted.told).toEqual([[3, 'TLY-3004', 'id', { detail: 't.id (t_pkey)' }]])
})

test('partitions, identities, defaults and computed columns are filled as the table says', async () => {
  const { counters, rows } = await imported(
    [
      `create table t (id int generated by default as identity, kind text default 'new', n int,
        twice int generated always as (n * 2) stored, primary key (id, n)) partition by range (n)`,
      'create table t1 partition of t for values from (0) to (10)',
      'create table t2 partition of t for values from (10) to (20)',
    ],
    ['kind,n', 'a,5', ',15', 'b,7'],
    { operation: 'insert' },
  )
  expect(counters).toMatchObject({ inserted: 3 })
  expect(await rows()).toEqual([
    { id: 1, kind: 'a', n: 5, twice: 10 },
    { id: 2, kind: 'new', n: 15, twice: 30 },
    { id: 3, kind: 'b', n: 7, twice: 14 },
  ])
})

function raise(): never {
  throw new Error('there is no table')
}

test('what is written by a guess that was wrong is written again, whatever the size of batches', async () => {
  const lines = Array.from({ length: 12_000 }, (_, at) => {
    const kind = at % 3000 === 2999 ? 'bad' : Math.floor(at / 100) % 5 === 0 ? '' : 'x'
    return `${at},${kind},${at === 7000 ? 42 : at}`
  })
  for (const key of [[], ['id']]) {
    const { counters, told, rows } = await imported(
      [
        `create table t (id int primary key, kind text default 'new' check (kind <> 'bad'),
          n int unique, made int generated by default as identity)`,
        "insert into t values (6000, 'old', 6000, 0)",
      ],
      ['id,kind,n', ...lines],
      key.length === 0 ? { operation: 'insert' } : { key, duplicates: 'ignore' },
    )
    expect(told).toEqual([
      [3000, 'TLY-3003', 'kind', { detail: expect.stringContaining('<>') }],
      [6000, 'TLY-3003', 'kind', { detail: expect.stringContaining('<>') }],
      ...(key.length === 0 ? [[6001, 'TLY-3004', 'id', { detail: 't.id (t_pkey)' }]] : []),
      [7001, 'TLY-3004', 'n', { detail: 't.n (t_n_key)' }],
      [9000, 'TLY-3003', 'kind', { detail: expect.stringContaining('<>') }],
      [12000, 'TLY-3003', 'kind', { detail: expect.stringContaining('<>') }],
    ])
    expect(counters).toMatchObject({
      inserted: 11_994,
      rejects: key.length === 0 ? 6 : 5,
      duplicates: key.length === 0 ? 0 : 1,
    })
    // A sequence gives its numbers in the order of the records.
    const found = await rows(`select count(*) as n, count(*) filter (where kind = 'new') as news,
      bool_and(coalesce(made > before, true)) as "isInOrder"
      from (select *, lag(made) over (order by id) as before from t where id <> 6000) as t`)
    expect(found).toEqual([{ n: 11_994, news: 2398, isInOrder: true }])
  }
})

test('who asks a running job to stop does not wait for its batch', async () => {
  const { store } = await freshStore()
  const { id } = await aJob(store.db, { status: 'running', claim: 'mine' })
  await store.db.transaction().execute(async (trx) => {
    expect(await holdJob(trx, { jobId: id, claim: 'mine' })).toBe('running')
    await transition(store.db, id, 'pause', { actor: OPERATOR, now: after(6) })
    const batch = aBatch({ jobId: id, claim: 'mine' })
    expect(await commitBatch(trx, batch)).toEqual({ status: 'pausing' })
  })
})

test('records after a refused one go in, however the answers of the server are cut', async () => {
  const { store } = await freshStore('create table t (id int primary key, n int check (n >= 0))')
  const slow = await openStore(await byteByByte(store.url))
  onTestFinished(() => slow.close())
  const lines = Array.from({ length: 60 }, (_, at) => `${at},${at % 20 === 19 ? -1 : at}\n`)
  const path = written(tmpDir(), `id,n\n${lines.join('')}`)
  const specification = specify({ path, table: 't', operation: 'insert', stopIfAllRejected: false })
  const { last } = await run(slow, specification)
  expect(last.counters).toMatchObject({ inserted: 57, rejects: 3 })
})

test('values are read and written in ISO style, whatever the settings of the server', async () => {
  const { store } = await freshStore(
    `create table t (id int primary key, at timestamptz, here timestamp, day date, span interval, d float8,
       r float4, x bytea, all_of bytea[])`,
  )
  const name = new URL(store.url).pathname.slice(1)
  const settings = {
    timezone: 'America/Lima',
    datestyle: 'SQL, DMY',
    intervalstyle: 'postgres_verbose',
    bytea_output: 'escape',
    extra_float_digits: '0',
  }
  for (const [setting, value] of Object.entries(settings)) {
    await sql.raw(`alter database ${name} set ${setting} = '${value}'`).execute(store.db)
  }
  onTestFinished(
    async () => void (await sql.raw(`alter database ${name} reset all`).execute(store.db)),
  )
  const odd = await openStore(store.url)
  onTestFinished(() => odd.close())
  const record =
    '1,2026-02-01T13:00:00+01:00,2026-02-01 12:00:00,2026-02-01,P1DT2H,0.30000000000000004,0.1,00ff,"{""\\\\x00ff""}"'
  const path = written(tmpDir(), `id,at,here,day,span,d,r,x,all_of\n${record}\n`)
  const { last } = await run(odd, specify({ path, table: 't', key: ['id'] }))
  expect(last.counters).toMatchObject({ inserted: 1 })
  const table = (await odd.tables.describe(odd.db, 't')) ?? raise()
  const columns = table.columns.map((column) => column.name)
  const rows = odd.openRows({
    wanted: ALL_ROWS,
    table,
    columns,
    limit: { rows: 9, bytes: 1e6 },
    from: null,
  })
  const { page } = await rows.read(null).finally(() => rows.close())
  expect(page.bytes.toString('latin1').split('\xff')).toEqual(
    [
      '1',
      '2026-02-01 12:00:00+00',
      '2026-02-01 12:00:00',
      '2026-02-01',
      'P1DT2H',
      '0.30000000000000004',
      '0.1',
      '\\x00ff',
      '{"\\\\x00ff"}\xfe',
    ].flatMap((cell) => cell.split('\xff')),
  )
})
