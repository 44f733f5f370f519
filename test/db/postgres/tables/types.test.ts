import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openStore } from '../../../../src/db/open.ts'
import type { Store } from '../../../../src/db/store.ts'
import { run as runExport, specify as exported } from '../../../support/pipeline/an-export.ts'
import { messageText } from '../../../../src/i18n/catalogue.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'

/** A value as a file gives it, and as an export writes it where that is another text. */
type Given = string | [given: string, exported: string]

const version = inject('postgres')?.version ?? 0
/** What a server of this version has, and none before. */
const since = <Each>(first: number, ...those: Each[]) => (version >= first ? those : [])

const TYPES: [type: string, values: Given[]][] = [
  ...since<[string, Given[]]>(15, ['numeric(3, -2)', [['12300', '12300']]]),
  ...since<[string, Given[]]>(14, ['numeric', ['-Infinity', 'Infinity']]),
  ['smallint', ['-32768', '0', ['+7', '7'], ['7.0', '7'], '32767']],
  ['integer', ['-2147483648', '2147483647']],
  ['bigint', ['-9223372036854775808', '9007199254740993', '9223372036854775807']],
  ['numeric(20, 4)', ['1234567890123456.0001', ['-0.5', '-0.5000'], ['7', '7.0000']]],
  ['numeric', ['0.10', '123456789012345678901234567890.000000000000000001', 'NaN']],
  ['real', ['0.1', '-0', '-3.4028235e+38', ['1.50', '1.5'], 'NaN', 'Infinity']],
  ['double precision', ['0.30000000000000004', '-0', '5e-324', '-1e+300', 'NaN', '-Infinity']],
  ['text', ['Ñandú, "dos"', ' a\tb\\N\n', '\\N', '\\.', 'NULL', '😀']],
  ['varchar(3)', ['Ñañ', '😀😀😀', 'a  ']],
  ['char(4)', ['abcd', ['ab', 'ab  ']]],
  ['citext', ['Straße', 'ÉTÉ']],
  ['name', ['pg_class']],
  ['"char"', ['x']],
  [
    'boolean',
    [
      ['1', 'true'],
      ['no', 'false'],
      ['Sí', 'true'],
      ['F', 'false'],
    ],
  ],
  [
    'date',
    [
      '2026-01-31',
      '0001-01-01',
      '9999-12-31',
      '10000-01-01',
      '0044-03-15 BC',
      'infinity',
      '-infinity',
    ],
  ],
  ['time', ['23:59:59.999999', '24:00:00', ['07:30', '07:30:00']]],
  ['time(0)', ['23:59:59']],
  ['timetz', ['12:00:00+05:30', ['12:00Z', '12:00:00+00']]],
  [
    'timestamp',
    [
      ['2026-01-31T12:00:00Z', '2026-01-31 12:00:00'],
      '2026-01-31 12:00:00.123456',
      '10000-01-01 00:00:00',
      '0044-03-15 10:00:00 BC',
      'infinity',
      '-infinity',
    ],
  ],
  [
    'timestamp(3)',
    ['2026-01-31 12:00:00.123', ['2026-01-31 12:00:00.100000', '2026-01-31 12:00:00.1']],
  ],
  [
    'timestamptz',
    [
      ['2026-01-31T13:00:00+01:00', '2026-01-31 12:00:00+00'],
      ['2026-01-31', '2026-01-31 00:00:00+00'],
      ['1890-01-31 12:00:00+00:53:28', '1890-01-31 11:06:32+00'],
      '0044-03-15 10:00:00+00 BC',
      '10000-01-01 00:00:00+00',
      'infinity',
    ],
  ],
  [
    'interval',
    ['P1Y2M3DT4H5M6.789S', ['1 day', 'P1D'], ['-01:00:00', 'PT-1H'], ['00:00:00', 'PT0S']],
  ],
  ['uuid', [['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']]],
  ['json', ['{"b": 1,  "a": "\\u00e9", "b": 2}', 'null', '12345678901234567890.10']],
  [
    'jsonb',
    [['{"b":1,"a":2}', '{"a": 2, "b": 1}'], '"\\\\N\\n"', '12345678901234567890.10', 'null'],
  ],
  ['bytea', ['\\x00ff', ['DEADBEEF', '\\xdeadbeef'], '\\x5c4e', '\\x']],
  ['integer[]', ['{1,NULL,3}', ['{1, 2}', '{1,2}'], '{}', '{{1,2},{3,4}}', '[0:1]={7,8}']],
  ['text[]', ['{a,"b,c","NULL",NULL,"\\\\N","é\ty"}', '{""}']],
  ['shop.mood', ['sad', 'very happy', 'it\'s "ok"']],
  ['numeric(5, 2)[]', ['{1.25,NULL}', ['[0:1]={1.5,100}', '[0:1]={1.50,100.00}']]],
  ['shop.mood[]', ['{sad,"very happy"}']],
  ['shop.price', ['12.50', ['3', '3.00']]],
  ['shop.price[]', ['{12.50,NULL}']],
  ['shop.code', ['AB1']],
  ['inet', ['10.0.0.0/8', '2001:db8::1']],
  ['macaddr', ['08:00:2b:01:02:03']],
  ['money', ['$1.50', ['-1,234.5', '-$1,234.50']]],
  ['double precision[]', ['{0.1,-0.30000000000000004,NULL,NaN}', ['{1e3, 5}', '{1000,5}']]],
  ['shop.prices', ['{12.50,NULL}', ['{3}', '{3.00}']]],
  ['interval year to month', ['P1Y2M', ['3 years -2 mons', 'P2Y10M'], ['1-6', 'P1Y6M']]],
  ['interval day to minute', ['P1DT2H3M', ['2 weeks 04:05', 'P14DT4H5M'], ['P1M', 'P1M']]],
  ['interval day to second(1)', ['P1DT2H3M4.5S']],
  ['shop.term[]', ['{P1M,P2Y}']],
  ['bit(3)', ['101']],
  ['varbit(5)', ['10', '11111', '']],
  ['int4range', ['[1,5)', 'empty', ['[1,4]', '[1,5)']]],
  ['point', ['(1.5,-2)']],
  ['xml', ['<a b="1">é</a>', 'no document']],
  ['tsvector', ["'fat':2 'rat':3", '']],
  ['shop.pair', ['(1,"a b")', '(,)']],
  ['oid', ['4294967295']],
  ['regclass', ['pg_class']],
]

const OWN_TYPES = `create extension if not exists citext; drop schema if exists shop cascade; create schema shop;
  create type shop.mood as enum ('sad', 'very happy', 'it''s "ok"');
  create domain shop.price as numeric(8, 2) check (value >= 0);
  create domain shop.code as varchar(3) not null;
  create domain shop.prices as numeric(8, 2)[]; create domain shop.moment as timestamp(0);
  create domain shop.term as interval year to month; create type shop.pair as (n int, t text)`

/** What an administrator may set for a database, or a user. */
const ODD_SETTINGS = {
  timezone: 'America/Lima',
  datestyle: 'SQL, DMY',
  intervalstyle: 'sql_standard',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  lc_numeric: 'C.utf8',
  lc_monetary: 'C.utf8',
  array_nulls: 'off',
  quote_all_identifiers: 'on',
  xmloption: 'document',
  standard_conforming_strings: 'off',
  client_encoding: 'LATIN1',
}

/** The same database, opened by one for whom all is set otherwise. */
async function withOddSettings(store: Store): Promise<Store> {
  const name = new URL(store.url).pathname.slice(1)
  for (const [setting, value] of Object.entries(ODD_SETTINGS)) {
    await sql.raw(`alter database ${name} set ${setting} = '${value}'`).execute(store.db)
  }
  const odd = await openStore(store.url)
  onTestFinished(async () => {
    await odd.close()
    await sql.raw(`alter database ${name} reset all`).execute(store.db)
  })
  return odd
}

function csv(cells: string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
}

test.each(TYPES)(
  'a %s is the same value in the file, the table and the file again',
  async (type, values) => {
    const { store, folder } = await freshStore(OWN_TYPES)
    await sql.raw(`create table t (id int primary key, v ${type})`).execute(store.db)
    const lines = values.map((value, at) =>
      csv([String(at), typeof value === 'string' ? value : value[0]]),
    )
    const into = specify({
      path: written(folder, ['id,v', ...lines, ''].join('\n')),
      table: 't',
      key: ['id'],
    })
    const { batches, last } = await run(store, into)
    expect(
      batches.flatMap(({ rejects, journal }) => [
        ...rejects,
        ...journal.filter(({ code }) => code.startsWith('TLY-3')),
      ]),
    ).toEqual([])
    expect(last.counters).toMatchObject({ inserted: values.length, warnings: 0 })
    // Read as it was given.
    expect((await run(store, into)).last.counters).toMatchObject({
      unchanged: values.length,
      updated: 0,
    })

    const file = path.join(folder, 'out.csv')
    const first = await runExport(store, exported({ table: 't', path: file, quoteAll: true }))
    expect(first.batches.flatMap(({ journal }) => journal)).toEqual([])
    const text = readFileSync(file, 'utf8')
    const expected = values.map((value, at) =>
      csv([String(at), typeof value === 'string' ? value : value[1]]),
    )
    expect(text).toBe([csv(['id', 'v']), ...expected, ''].join('\n'))
    const odd = await withOddSettings(store)
    const other = path.join(folder, 'other.csv')
    await runExport(odd, exported({ table: 't', path: other, quoteAll: true }))
    expect(readFileSync(other, 'utf8')).toBe(text)

    await sql`truncate t`.execute(store.db)
    const back = await run(odd, specify({ path: file, table: 't', key: ['id'] }))
    expect(back.batches.flatMap(({ rejects }) => rejects)).toEqual([])
    const again = path.join(folder, 'again.csv')
    await runExport(store, exported({ table: 't', path: again, quoteAll: true }))
    expect(readFileSync(again, 'utf8')).toBe(text)
  },
)

type Changed = [type: string, value: string, code: string, params: Record<string, unknown>]

const CHANGED: Changed[] = [
  ...since<Changed>(
    15,
    ['numeric(3, -2)', '12350', 'TLY-3020', { stored: '12400' }],
    ['numeric(3, -2)', '123456', 'TLY-3001', { digits: 5 }],
    ['numeric(2, 4)', '0.5', 'TLY-3001', { below: '0.01' }],
  ),
  ['numeric(4, 2)', '1.005', 'TLY-3020', { stored: '1.01' }],
  ['numeric(4, 2)', '-0.004', 'TLY-3020', { stored: '-0.00' }],
  ['shop.price', '7.125', 'TLY-3020', { stored: '7.13' }],
  ['time', '12:00:00.1234567', 'TLY-3022', { limit: 6 }],
  ['time(0)', '12:00:00.5', 'TLY-3022', { limit: 0 }],
  ['timetz(1)', '12:00:00.55+01', 'TLY-3022', { limit: 1 }],
  ['timestamp(3)', '2026-01-31 12:00:00.1234', 'TLY-3022', { limit: 3 }],
  ['timestamptz', '2026-01-31 12:00:00.1234567Z', 'TLY-3022', { limit: 6 }],
  ['numeric(4, 2)[]', '"{1.25,NULL,1.005}"', 'TLY-3020', { given: '1.005', stored: '1.01' }],
  ['numeric(4, 2)[]', '{123}', 'TLY-3001', { digits: 2 }],
  ['smallint', '40000', 'TLY-3001', { least: '-32768', most: '32767' }],
  ['integer', '-2147483649', 'TLY-3001', { least: '-2147483648', most: '2147483647' }],
  ['smallint', '1_000', 'TLY-3001', {}],
  ['numeric(4, 1)', '1234.5', 'TLY-3001', { digits: 3 }],
  ['numeric(2, 2)', '1.5', 'TLY-3001', { below: '1' }],
  ['real', '1e39', 'TLY-3001', { below: '3.4028236e38' }],
  ['real[]', '{16777217}', 'TLY-3020', { stored: '16777216' }],
  ['timestamp(0)[]', '"{""2026-01-31 12:00:00.5""}"', 'TLY-3022', { limit: 0 }],
  ['money', '$1.555', 'TLY-3020', { stored: '1.56' }],
  ['interval(2)', 'PT1.555S', 'TLY-3022', { limit: 2 }],
  ['interval', '00:00:00.0000001', 'TLY-3022', { limit: 6 }],
  ['name', 'é'.repeat(32), 'TLY-3024', { limit: 63, length: 64 }],
  ['"char"', 'no', 'TLY-3024', { limit: 1, length: 2 }],
  ['varchar(3)', 'abcd', 'TLY-3010', { limit: 3, length: 4 }],
  ['char(3)', 'abcd', 'TLY-3010', { limit: 3, length: 4 }],
  ['real', '16777217', 'TLY-3020', { stored: '16777216' }],
  ['double precision', '0.12345678901234567890', 'TLY-3020', {}],
  [
    'double precision[]',
    '"{0.1,0.30000000000000004,0.12345678901234567890}"',
    'TLY-3020',
    { given: '0.12345678901234567890', stored: '0.12345678901234568' },
  ],
  ['shop.price[]', '"{1.50,7.125}"', 'TLY-3020', { given: '7.125', stored: '7.13' }],
  ['shop.prices', '{7.125}', 'TLY-3020', { given: '7.125', stored: '7.13' }],
  ['shop.moment[]', '"{2026-01-31 12:00:00.5}"', 'TLY-3022', { limit: 0 }],
  ['interval year to month', 'P1Y2M3D', 'TLY-3023', { type: 'interval year to month' }],
  ['interval year to month', '1 year 04:05', 'TLY-3023', {}],
  ['interval year to month', '1-2 3', 'TLY-3023', {}],
  ['interval year to month', 'P0001-02-03T00:00:00', 'TLY-3023', {}],
  ['interval year', '1.5 years', 'TLY-3023', {}],
  ['interval day', 'P2DT0H3M', 'TLY-3023', { type: 'interval day' }],
  ['interval day to hour', '1 day 02:03:00', 'TLY-3023', {}],
  ['interval hour to minute', '5 minutes 6 seconds', 'TLY-3023', {}],
  ['interval day to second(1)', '1 day 00:00:00.25', 'TLY-3022', { limit: 1 }],
  ['shop.term', 'P1M1D', 'TLY-3023', { type: 'shop.term' }],
  ['shop.term[]', '"{P1M,P1M1D}"', 'TLY-3023', { value: 'P1M1D' }],
  ['money', '"1,50"', 'TLY-3001', { type: 'number' }],
  ['money[]', '{$1.555}', 'TLY-3020', { stored: '1.56' }],
  ['bigint', '9223372036854775808', 'TLY-3001', { least: '-9223372036854775808' }],
  ['integer', '-99999999999999999999.0', 'TLY-3001', { most: '2147483647' }],
  ['date', '1980-13-01', 'TLY-3001', { type: 'date' }],
  ['date', '1980-02-30', 'TLY-3001', {}],
  ['date', '12345-00-10', 'TLY-3001', {}],
  ['timestamptz', '1980-02-30 00:00:00+00', 'TLY-3001', { type: 'datetime' }],
]

test.each(CHANGED)(
  'a %s that would change the value %s refuses it',
  async (type, value, code, params) => {
    const { store, folder } = await freshStore(OWN_TYPES)
    await sql.raw(`create table t (v ${type})`).execute(store.db)
    const file = written(folder, `v\n${value}\n`)
    const into = specify({ path: file, table: 't', operation: 'insert', stopIfAllRejected: false })
    const { batches } = await run(store, into)
    expect(batches.flatMap(({ rejects }) => rejects)).toMatchObject([{ code, params, field: 'v' }])
    expect((await sql`select v from t`.execute(store.db)).rows).toEqual([])
  },
)

test.each([
  ['smallint', '40000', 'integer; it takes a whole number of at least -32768 and at most 32767.'],
  ['numeric(4, 1)', '1234.5', 'number; it takes a number of at most 3 digits before the point.'],
  ['numeric(2, 2)', '1.5', 'number; it takes a number between -1 and 1.'],
  ['name', 'é'.repeat(34), 'The value has 68 bytes; 63 are allowed.'],
])('a %s names its limit for the value %s', async (type, value, sentence) => {
  const { store, folder } = await freshStore(`create table t (v ${type})`)
  const file = written(folder, `v\n${value}\n`)
  const into = specify({ path: file, table: 't', operation: 'insert', stopIfAllRejected: false })
  const { batches } = await run(store, into)
  const [told] = batches.flatMap(({ rejects }) => rejects)
  expect(told && messageText('en', told)).toContain(sentence)
})

test('money is read by one rule, whatever a database is told', async () => {
  const { store } = await freshStore('create table t (v money)')
  const odd = await withOddSettings(store)
  const { rows } = await sql`show lc_monetary`.execute(odd.db)
  expect(rows).toEqual([{ lc_monetary: 'C' }])
})

/** What the table gives the records itself, in a schema and with names that need quotes. */
const KEPT = `drop schema if exists "My Shop" cascade; create schema "My Shop";
  create table "My Shop"."Big.Orders" (
    "Order Id" int generated by default as identity,
    made int generated always as identity,
    counted serial,
    "Price" numeric(8, 2) not null,
    twice numeric generated always as ("Price" * 2) stored,
    "a.b ""c""" text default 'new',
    primary key ("Order Id", "Price")
  ) partition by range ("Price");
  create table "My Shop".cheap partition of "My Shop"."Big.Orders" for values from (0) to (10);
  create table "My Shop"."Dear" partition of "My Shop"."Big.Orders" for values from (10) to (maxvalue)`

test.each(['My Shop.Orders', '"My Shop"."Big.Orders"'])(
  'a partitioned table that is called %s fills its own columns and comes back',
  async (table) => {
    const { store, folder } = await freshStore(KEPT)
    const listed = (await store.tables.list(store.db, 100)).map(({ name }) => name)
    expect(listed).toContain('"My Shop"."Big.Orders"')
    if (table !== listed[0])
      await sql.raw('alter table "My Shop"."Big.Orders" rename to "Orders"').execute(store.db)
    const file = written(folder, 'Price,"a.b ""c"""\n5.00,\n15.50,old\n')
    const { last } = await run(store, specify({ path: file, table, operation: 'insert' }))
    expect(last.counters).toMatchObject({ inserted: 2, rejects: 0 })

    const out = path.join(folder, 'out.csv')
    await runExport(store, exported({ table, path: out }))
    const text = readFileSync(out, 'utf8')
    expect(text).toBe(
      'Order Id,made,counted,Price,twice,"a.b ""c"""\n1,1,1,5.00,10.00,new\n2,2,2,15.50,31.00,old\n',
    )
    const into = specify({ path: out, table, key: ['Order Id', 'Price'] })
    expect((await run(store, into)).last.counters).toMatchObject({ unchanged: 2 })
    await sql
      .raw(`truncate ${table.replace('My Shop.Orders', '"My Shop"."Orders"')} restart identity`)
      .execute(store.db)
    expect((await run(store, into)).last.counters).toMatchObject({ inserted: 2 })
    await runExport(store, exported({ table, path: out }))
    expect(readFileSync(out, 'utf8')).toBe(text)
  },
)
