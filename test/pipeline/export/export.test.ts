import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  expectSameWhereverStopped,
  filled,
  run,
  specify,
} from '../../support/pipeline/an-export.ts'
import { freshStore } from '../../support/pipeline/an-import.ts'

describe('an export', () => {
  test('writes what an independent reader reads again, whatever the texts hold', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('', 'a,b', 'say "x"', 'two\nlines', '\r', 'ñ€'),
    )
    const { store, folder } = await freshStore('create table person (a text, b text, n integer)')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, fc.option(text), fc.integer()), { maxLength: 20 }),
        async (rows) => {
          await sql`delete from person`.execute(store.db)
          for (const [a, b, n] of rows) {
            await sql`insert into person values (${a}, ${b}, ${n})`.execute(store.db)
          }
          const file = path.join(folder, 'out.csv')
          await run(store, specify({ path: file }))
          const read = parse(readFileSync(file), { from_line: 1, relax_column_count: false })
          expect(read).toEqual([
            ['a', 'b', 'n'],
            ...rows.map(([a, b, n]) => [a, b ?? '', String(n)]),
          ])
        },
      ),
      { numRuns: 50 },
    )
  })

  test('tells null from an empty text, and keeps whole numbers of 64 bits and bytes', async () => {
    const { store, folder } = await freshStore(
      'create table person (a text, b text, n integer, x blob)',
    )
    await sql`insert into person values (null, '', 9007199254740993, x'00ff')`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'utf8')).toBe(',"",9007199254740993,00ff\n')
  })

  test('takes the chosen columns in their order, another delimiter, and no header', async () => {
    const { store, path } = await filled(2)
    await run(store, specify({ path, columns: ['NAME', 'id'], delimiter: ';', header: false }))
    expect(readFileSync(path, 'utf8')).toBe('name 1;1\nname 2;2\n')
  })

  test('writes every kind of value in every kind of column as the database writes it', async () => {
    const types = ['text', 'integer', 'real', 'numeric', 'blob', '']
    const values = [
      ['null', ''],
      [`''`, '""'],
      [`x''`, '""'],
      [`x'00Ff'`, '00ff'],
      [`'plain'`, 'plain'],
      [`'a,b'`, '"a,b"'],
      [`'""'`, '""""""'],
      [`'\u00ff\u00fe\u00fd'`, '\u00ff\u00fe\u00fd'],
      [`'a' || char(0) || 'b'`, 'a\0b'],
      ['9007199254740993', '9007199254740993'],
      ['-9223372036854775808', '-9223372036854775808'],
      ['0.1 + 0.2', '0.30000000000000004'],
    ]
    const { store, folder } = await freshStore(
      `create table person (${types.map((type, at) => `c${at} ${type}`).join(', ')})`,
    )
    for (const [value] of values) {
      await sql
        .raw(`insert into person values (${types.map(() => value).join()})`)
        .execute(store.db)
    }
    const file = path.join(folder, 'out.csv')
    const columns = ['c0', 'c1', 'c3', 'c4', 'c5']
    await run(store, specify({ path: file, columns, header: false }))
    expect(readFileSync(file, 'utf8')).toBe(
      values.map(([, text]) => `${columns.map(() => text).join()}\n`).join(''),
    )
    await run(store, specify({ path: file, columns: ['c2'], header: false }))
    expect(readFileSync(file, 'utf8')).toContain('0.30000000000000004\n')
  })

  test('copies text that is not UTF-8 as it lies there, and tells of it once', async () => {
    const { store, folder } = await freshStore('create table person (a text, b text)')
    const insert = `insert into person values (cast(x'e9' as text), 'b')`
    await sql.raw(insert).execute(store.db)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'latin1')).toBe('\u00e9,b\n')
    await sql.raw(insert.replace('e9', 'fd66')).execute(store.db)
    await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'latin1')).toBe('\u00e9,b\n"\u00fdf",b\n')
    for (const mark of ['ff', 'fe', 'fd', 'fc']) {
      await sql`delete from person`.execute(store.db)
      await sql`insert into person values ('é', 'two\nlines')`.execute(store.db)
      await sql.raw(insert.replace('e9', mark)).execute(store.db)
      await sql.raw(insert).execute(store.db)
      const { batches } = await run(store, specify({ path: file, header: false }))
      const text = `\xc3\xa9,"two\nlines"\n"${String.fromCharCode(Number.parseInt(mark, 16))}",b\n\xe9,b\n`
      expect(readFileSync(file, 'latin1')).toBe(text)
      expect(batches.flatMap(({ journal }) => journal)).toEqual([
        { code: 'TLY-1030', params: { record: 2, column: 'a' } },
      ])
    }
  })

  test('takes more columns than a function has arguments, and a delimiter of several bytes', async () => {
    const names = Array.from({ length: 300 }, (_, at) => `c${at}`)
    const { store, folder } = await freshStore(`create table person (${names.join()})`)
    await sql
      .raw(`insert into person values (${names.map((_, at) => at).join()})`)
      .execute(store.db)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, delimiter: '\u2192' }))
    const numbers = names.map((_, at) => at)
    expect(readFileSync(file, 'utf8')).toBe(`${names.join('\u2192')}\n${numbers.join('\u2192')}\n`)
  })

  test('writes a single column so that a null is a record too', async () => {
    const { store, path } = await filled(1)
    await run(store, specify({ path, columns: ['note'], header: false }))
    expect(readFileSync(path, 'utf8')).toBe('""\n')
  })

  const N = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000)'
  test.each([
    ['a key of texts and numbers', 'a text, b int', 'a, b', `printf('k%d', i % 7), i`],
    ['a key of bytes', 'k blob', 'k', `cast(printf('%05d', i) as blob)`],
    ['a key of large numbers', 'k', 'k', '9007199254740993 + i'],
    ['a key of fractions', 'k real', 'k', 'i / 3.0'],
    [
      'keys of every kind',
      'k',
      'k',
      `case i % 3 when 0 then i when 1 then 'i' || i else hex(i) end`,
    ],
  ])('reads a table without rowid by %s', async (_name, columns, key, select) => {
    const { store, folder } = await freshStore(
      `create table person (${columns}, primary key (${key})) without rowid`,
    )
    await sql.raw(`insert into person ${N} select distinct ${select} from n`).execute(store.db)
    const { rows } = await sql.raw(`select 1 from person`).execute(store.db)
    const file = path.join(folder, 'out.csv')
    const whole = await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'utf8').split('\n').length - 1).toBe(rows.length)
    expect(new Set(readFileSync(file, 'utf8').split('\n')).size - 1).toBe(rows.length)
    await expectSameWhereverStopped(store, whole.batches.length, { path: file, header: false })
  })

  test('reads a view, sorted, with equal rows as often as they come', async () => {
    const { store, folder } = await freshStore(
      `create view person as ${N} select i % 10 as a, 'x' as b from n`,
    )
    const file = path.join(folder, 'out.csv')
    const whole = await run(store, specify({ path: file, columns: ['b', 'a'], header: false }))
    const tens = Array.from({ length: 10 }, (_, digit) => `x,${digit}\n`.repeat(900))
    expect(readFileSync(file, 'utf8')).toBe(tens.join(''))
    await expectSameWhereverStopped(store, whole.batches.length, {
      path: file,
      columns: ['b', 'a'],
      header: false,
    })
  })

  test('reads a table that has taken every name of the rowid', async () => {
    const { store, folder } = await freshStore('create table person (rowid, _rowid_, oid)')
    await sql`insert into person values (3, 2, 1), (1, 2, 3), (1, 2, 3)`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'utf8')).toBe('1,2,3\n1,2,3\n3,2,1\n')
  })

  test('takes fewer rows at a time where they are long', async () => {
    const { store, folder } = await freshStore('create table person (a text)')
    await sql`insert into person
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
      select printf('%.*c', 100000, 'x') from n`.execute(store.db)
    const { batches } = await run(store, specify({ path: path.join(folder, 'out.csv') }))
    expect(batches.length).toBeGreaterThan(12)
  })
})
