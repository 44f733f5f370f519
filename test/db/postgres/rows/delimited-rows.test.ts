import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { RowPosition } from '../../../../src/db/export-rows.ts'
import type { Store } from '../../../../src/db/store.ts'
import { ALL_ROWS } from '../../../../src/domain/records/rows-wanted.ts'
import { rowsWriter } from '../../../../src/pipeline/formats/delimited/writing/delimited-writer.ts'
import { expectSameWhereverStopped, run, specify } from '../../../support/pipeline/an-export.ts'
import { freshStore } from '../../../support/pipeline/an-import.ts'

/** The pages of a table as the server writes them, and as we do. */
async function bothWays(store: Store, delimiter: string, columns: string[]) {
  const table = await store.tables.describe(store.db, 't')
  if (table === undefined) throw new Error('there is no table')
  const limit = { rows: 2, bytes: 1e6 }
  const open = () => store.openRows({ table, columns, wanted: ALL_ROWS, limit, from: null })
  const write = rowsWriter({ delimiter, columns: columns.length, isCareful: false })
  const [theirs, ours] = [open(), open()]
  const all = async (read: (at: RowPosition) => Promise<[string, RowPosition, number]>) => {
    const pages: [string, RowPosition][] = []
    for (let at: RowPosition = null; ;) {
      const [text, next, rows] = await read(at)
      if (rows === 0) return pages
      pages.push([text, next])
      at = next
    }
  }
  const written = await all(async (at) => {
    const read = await theirs.readDelimited?.(at, delimiter)
    if (read === undefined) throw new Error('the server does not write these rows')
    return [read.page.text.toString(), read.position, read.page.rows]
  })
  const packed = await all(async (at) => {
    const { page, position } = await ours.read(at)
    return [write(page)?.text.toString() ?? '?', position, page.rows]
  })
  await Promise.all([theirs.close(), ours.close()])
  return { written, packed }
}

const PIECES = [
  ',',
  ';',
  '"',
  '""',
  '\n',
  '\r\n',
  '\\',
  '\\.',
  '\\N',
  '\t',
  ' ',
  'é',
  '😀',
  'a',
  '',
]
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(''))

test('rows that the server writes are those that we write, and are resumed at the same keys', async () => {
  const { store } =
    await freshStore(`create table t (a text, n int, b text, v text, at date, ok boolean,
    primary key (b, a))`)
  const rows = fc.uniqueArray(
    fc.record({
      a: text,
      n: fc.option(fc.integer({ max: 9 })),
      b: text,
      v: fc.option(text),
      ok: fc.option(fc.boolean()),
    }),
    { minLength: 1, maxLength: 9, selector: ({ a, b }) => JSON.stringify([a, b]) },
  )
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (given, delimiter) => {
      await sql`truncate t`.execute(store.db)
      await sql`insert into t select r.a, r.n, r.b, r.v, null, r.ok
        from json_populate_recordset(null::t, ${JSON.stringify(given)}) as r`.execute(store.db)
      const columns = ['n', 'a', 'v', 'b', 'at', 'ok']
      const { written, packed } = await bothWays(store, delimiter, columns)
      expect(written).toEqual(packed)
    }),
  )
})

test.each([
  ['its key is not among the columns', 'id int primary key, v text, w text', ['v', 'w']],
  ['a null would become a default', `id int primary key, v text default 'x'`, ['id', 'v']],
  ['there is one column', 'id int primary key', ['id']],
])('the server does not write the rows of a table where %s', async (_, definition, columns) => {
  const { store } = await freshStore(`create table t (${definition})`)
  await expect(bothWays(store, ',', columns)).rejects.toThrow('the server does not write')
})

test('bytes are the same, whoever writes them, also as a key and where there are none', async () => {
  const { store, folder } = await freshStore(
    'create table t (k bytea primary key, v bytea, a bytea[])',
  )
  await sql`insert into t values ('', null, null), ('\\x00ff', '', array[null, '', '\\x2c22']::bytea[]),
    ('\\x5c', '\\x5c2e0a', '{}')`.execute(store.db)
  const columns = ['k', 'v', 'a']
  const { written, packed } = await bothWays(store, ',', columns)
  expect(written).toEqual(packed)
  const file = path.join(folder, 'out.csv')
  await run(store, specify({ table: 't', path: file }))
  expect(readFileSync(file, 'utf8')).toContain('\n\\x,,\n\\x00ff,\\x,')
  await sql`insert into t select int4send(i), int4send(-i) from generate_series(1, 45000) as i`.execute(
    store.db,
  )
  const whole = await run(store, specify({ table: 't', path: file }))
  await expectSameWhereverStopped(store, whole.batches.length, { table: 't', path: file })
})

test('the one character that the server leaves without quotes gets them', async () => {
  const { store, folder } = await freshStore('create table t (id int primary key, v text, w text)')
  await sql`insert into t values (1, 'a' || chr(26), 'b,' || chr(26)), (2, 'd"', chr(26)), (3, 'e', null)`.execute(
    store.db,
  )
  const file = path.join(folder, 'out.csv')
  await run(store, specify({ table: 't', path: file }))
  expect(readFileSync(file, 'utf8')).toBe('id,v,w\n1,"a\x1a","b,\x1a"\n2,"d""","\x1a"\n3,e,\n')
})

test('rows of nulls are told, and an export goes on where it stopped', async () => {
  const { store, folder } = await freshStore('create table t (v int, w text)')
  await sql`insert into t select null, null from generate_series(1, 3)`.execute(store.db)
  const file = path.join(folder, 'out.csv')
  const { batches } = await run(store, specify({ table: 't', path: file }))
  const told = batches.flatMap(({ journal }) => journal)
  expect(told.filter(({ code }) => code === 'TLY-1134')).toEqual([
    { code: 'TLY-1134', params: { record: 1 } },
  ])
  await sql`alter table t add column "a ""key""" text`.execute(store.db)
  await sql`truncate t; alter table t add primary key ("a ""key""", v)`.execute(store.db)
  await sql`insert into t select i, 'x,' || i, case i % 3 when 0 then '"' else ',' end
    from generate_series(1, 45000) as i`.execute(store.db)
  const whole = await run(store, specify({ table: 't', path: file }))
  await expectSameWhereverStopped(store, whole.batches.length, { table: 't', path: file })
})
