import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { expectSameWhereverStopped, run, specify } from '../support/pipeline/an-export.ts'
import {
  freshStore,
  run as runImport,
  specify as parseImportSpecification,
} from '../support/pipeline/an-import.ts'

const PRICE_LIST = [`'a|b|c', 'x'`, `'d|e|f', 'y'`]

describe('an export whose beginning would be taken for another kind of file', () => {
  test.each([
    ['pipes in values', 'v text, w text', PRICE_LIST, { header: false }, '"a|b|c",x\n"d|e|f",y\n'],
    ['pipes below a header', 'v text, w text', PRICE_LIST, {}, 'v,w\na|b|c,x\nd|e|f,y\n'],
    // Else the first line would be a title above two columns.
    ['one column', 'v text', [`'a;b'`, `'c;d'`], {}, 'v\n"a;b"\n"c;d"\n'],
    ['one column without a header', 'v text', [`'a;b'`], { header: false }, '"a;b"\n'],
    ['a name with a delimiter', '"a;b" text', [`'x'`], {}, '"a;b"\nx\n'],
    ['a byte order mark', 'v text', [`'\ufeffx'`], { header: false }, '"\ufeffx"\n'],
    ['a line for Excel', '"sep=;" text', [`'x'`], {}, '"sep=;"\nx\n'],
  ])('quotes what it needs to come back: %s', async (_name, columns, rows, given, text) => {
    for (const gzip of [false, true]) {
      const { store, folder } = await freshStore(`create table person (${columns})`)
      await sql.raw(`create table twin (${columns})`).execute(store.db)
      for (const row of rows) {
        await sql.raw(`insert into person values (${row})`).execute(store.db)
      }
      const file = path.join(folder, 'out.csv')
      await run(store, specify({ path: file, gzip, ...given }))
      const bytes = readFileSync(file)
      expect((gzip ? gunzipSync(bytes) : bytes).toString()).toBe(text)
      const back = { path: file, table: 'twin', operation: 'insert' as const, ...given }
      await runImport(store, parseImportSpecification(back))
      const all = async (table: string) =>
        (await sql.raw(`select * from ${table}`).execute(store.db)).rows
      expect(await all('twin')).toEqual(await all('person'))
    }
  })

  test('goes on with the quotes that it began with', async () => {
    const { store, folder } = await freshStore('create table person (v text, w text)')
    await sql`insert into person
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
      select iif(i < 600, 'a|b|c', 'x;y'), i from n`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    const { batches } = await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'utf8')).toMatch(/"x;y",60000\n$/)
    await expectSameWhereverStopped(store, batches.length, { path: file, header: false })
  })

  test('says that an import must be told a delimiter that nobody would guess', async () => {
    const { store, folder } = await freshStore('create table person (v text, w text)')
    await sql`insert into person values ('a', 'b')`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    const { batches } = await run(store, specify({ path: file, delimiter: '^' }))
    expect(batches.flatMap(({ journal }) => journal)).toEqual([
      { code: 'TLY-1035', params: { delimiter: '^' } },
    ])
  })
})

describe('an export tells what an import into the same table would refuse or change', () => {
  test.each([
    ['integer', [`5`, `'x'`, `x'31'`], { record: 2, value: 'x' }],
    ['text', [`'x'`, `''`, `x'31'`], { record: 3, value: '31' }],
    ['varchar(3)', [`'abc'`, `'äöü'`, `'abcd'`], { record: 3, value: 'abcd' }],
    ['real', [`1.5`, `9e999`, `'x'`], { record: 3, value: 'x' }],
    ['boolean', [`0`, `1`, `2`], { record: 3, value: '2' }],
    ['date', [`'2024-01-05'`, `1704448800`, `20240105`], { record: 3, value: '20240105' }],
    ['date', [`'2024-01-05'`, `' 2024-01-05'`], { record: 2, value: ' 2024-01-05' }],
    ['datetime', [`'2024-01-05 10:00'`, `'2024-01-05 '`], { record: 2, value: '2024-01-05 ' }],
    ['blob', [`x'00'`, `x''`], { record: 2, value: '""' }],
    ['blob', [`x'00'`, `'00'`], { record: 2, value: '00' }],
    ['', [`'x'`, `5`], { record: 2, value: '5' }],
    ['string', [`'x'`, `5`, `9e999`], { record: 3, value: 'Inf' }],
    ['integer', [`''`], { record: 1, value: '""' }],
    ['text', [`'a' || char(0)`], { record: 1, value: '\0' }],
  ])('of the type %s: %s', async (type, values, told) => {
    for (const encoding of ['UTF-8', 'UTF-16le']) {
      const { store, folder } = await freshStore('create table other (id)', encoding)
      await sql.raw(`create table person (id integer primary key, v ${type})`).execute(store.db)
      for (const value of values) {
        await sql.raw(`insert into person(v) values (${value})`).execute(store.db)
      }
      const file = path.join(folder, 'out.csv')
      const { batches } = await run(store, specify({ path: file }))
      expect(batches.flatMap(({ journal }) => journal)).toEqual([
        { code: 'TLY-1031', params: { column: 'v', ...told } },
      ])
    }
  })

  test('a NULL where the table has a default, and one that is alone in its row', async () => {
    const { store, folder } = await freshStore(
      `create table person (id integer, v text default 'x', w text default null)`,
    )
    await sql`insert into person values (1, null, null)`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    const told = async (columns: string[]) => {
      const { batches } = await run(store, specify({ path: file, columns }))
      return batches.flatMap(({ journal }) => journal)
    }
    expect(await told([])).toEqual([{ code: 'TLY-1034', params: { column: 'v', record: 1 } }])
    expect(await told(['w'])).toEqual([
      { code: 'TLY-1031', params: { column: 'w', record: 1, value: 'NULL' } },
    ])
  })

  test.each(['utf-8', 'windows-1252'])(
    'a value behind a row of nothing, of which something else is told, in %s',
    async (encoding) => {
      const { store, folder } = await freshStore('create table person (v date, w integer)')
      await sql`insert into person values (null, null), ('2024-01-05 ', 1)`.execute(store.db)
      const given = { path: path.join(folder, 'out.csv'), encoding }
      const { batches } = await run(store, specify(given))
      const told = batches.flatMap(({ journal }) => journal)
      expect(told.filter(({ code }) => code !== 'TLY-1107')).toEqual([
        { code: 'TLY-1134', params: { record: 1 } },
        { code: 'TLY-1031', params: { column: 'v', record: 2, value: '2024-01-05 ' } },
      ])
    },
  )

  test('but not of a view, nor of what the table computes', async () => {
    const { store, folder } = await freshStore(
      `create table thing (v text, n integer as (v || '!'))`,
    )
    await sql`insert into thing(v) values ('x')`.execute(store.db)
    await sql`create view person as select x'31' as v, n from thing`.execute(store.db)
    for (const table of ['thing', 'person']) {
      const file = path.join(folder, 'out.csv')
      const { batches } = await run(store, specify({ path: file, table }))
      expect(batches.flatMap(({ journal }) => journal)).toEqual([])
    }
  })

  test('once, also where it was stopped in between', async () => {
    const { store, folder } = await freshStore('create table person (v integer, w text)')
    await sql`insert into person
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
      select 'x' || i, i from n`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    const stopped = await run(store, specify({ path: file }), { stopAfter: 2 })
    const rest = await run(store, specify({ path: file }), { resume: stopped.last })
    const told = [...stopped.batches, ...rest.batches].flatMap(({ journal }) => journal)
    expect(told).toEqual([{ code: 'TLY-1031', params: { column: 'v', record: 1, value: 'x1' } }])
  })
})

describe('texts that are no text', () => {
  test('stay what they are in a database of UTF-16, and are told', async () => {
    for (const encoding of ['UTF-16le', 'UTF-16be']) {
      const { store, folder } = await freshStore('create table person (v text, w text)', encoding)
      const half = encoding === 'UTF-16le' ? '3dd8' : 'd83d'
      await sql`insert into person values ('é€😀', '')`.execute(store.db)
      await sql.raw(`insert into person values (cast(x'${half}' as text), null)`).execute(store.db)
      const file = path.join(folder, 'out.csv')
      const { batches } = await run(store, specify({ path: file, header: false }))
      expect(readFileSync(file, 'latin1')).toBe(
        Buffer.from('é€😀,""\n').toString('latin1') + '\xed\xa0\xbd,\n',
      )
      expect(batches.flatMap(({ journal }) => journal)).toEqual([
        { code: 'TLY-1030', params: { record: 2, column: 'v' } },
      ])
    }
  })

  test('are keys like all others', async () => {
    const { store, folder } = await freshStore(
      'create table person (v text primary key, w integer) without rowid',
    )
    await sql`insert into person
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
      select cast(x'ff' || cast(printf('%05d', i) as blob) as text), i from n`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    const { batches, last } = await run(store, specify({ path: file, header: false }))
    expect(last.counters.processed).toBe(2_000)
    const lines = readFileSync(file, 'latin1').split('\n')
    expect([lines[0], lines[1_999]]).toEqual(['"\xff00001",1', '"\xff02000",2000'])
    await expectSameWhereverStopped(store, batches.length, { path: file, header: false })
  })
})

describe('a view', () => {
  test.each([
    ['select n, rank from thing order by rank desc', ['high', 'mid', 'low']],
    ['select n, rank from thing /* order by n */ order by rank limit 2', ['low', 'mid']],
    ['select n, rank from (select * from thing order by rank desc)', ['high', 'low', 'mid']],
    [`select n, 'order by' as "order by" from thing`, ['high', 'low', 'mid']],
    ['select n, row_number() over (order by rank) as r from thing', ['high', 'low', 'mid']],
    ['select n, 1 as r from thing union all select n, 0 from thing order by r, n', undefined],
  ])('has its own order, or that of its columns: %s', async (select, names) => {
    const { store, folder } = await freshStore('create table thing (n text, rank int)')
    await sql`insert into thing values ('low', 1), ('high', 9), ('mid', 5)`.execute(store.db)
    await sql.raw(`create view person as ${select}`).execute(store.db)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, columns: ['n'], header: false }))
    const expected = names ?? ['high', 'low', 'mid', 'high', 'low', 'mid']
    expect(readFileSync(file, 'utf8')).toBe(`${expected.join('\n')}\n`)
  })

  test('in its own order begins anew when it was stopped', async () => {
    const { store, folder } = await freshStore(
      `create view person as with recursive n(i) as (select 1 union all select i + 1 from n where i < 45000)
       select i, i % 10 as d from n order by d desc`,
    )
    const file = path.join(folder, 'out.csv')
    const { batches } = await run(store, specify({ path: file }))
    expect(readFileSync(file, 'utf8').startsWith('i,d\n9,9\n')).toBe(true)
    await expectSameWhereverStopped(store, batches.length, { path: file })
  })

  test('that begins anew tells what it warned of once', async () => {
    const { store, folder } = await freshStore(
      `create view person as with recursive n(i) as (select 1 union all select i + 1 from n where i < 45000)
       select 'a' || char(0) as v, i from n order by i desc`,
    )
    const specification = specify({ path: path.join(folder, 'out.csv') })
    const stopped = await run(store, specification, { stopAfter: 2 })
    const { batches } = await run(store, specification, { resume: stopped.last })
    const told = [...stopped.batches, ...batches].flatMap(({ journal }) => journal)
    expect(told).toMatchObject([{ code: 'TLY-1031', params: { column: 'v', record: 1 } }])
  })
})
