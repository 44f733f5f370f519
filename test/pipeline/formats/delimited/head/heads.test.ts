import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../../../src/db/store.ts'
import { UnusableError } from '../../../../../src/domain/words/errors.ts'
import type { ImportSpecification } from '../../../../../src/domain/specification/specification.ts'
import { exportRejects } from '../../../../../src/pipeline/formats/delimited/rejects/export-rejects.ts'
import { delimitedState } from '../../../../../src/pipeline/formats/delimited/dialect/delimited-state.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type Ran,
} from '../../../../support/pipeline/an-import.ts'

type Made = Ran & { store: Store; folder: string; codes: string[]; names: string[] }
type Given = Partial<ImportSpecification>

/** Makes the table `made` after a file of these lines. */
async function make(lines: string[], given: Given = {}): Promise<Made> {
  const { store, folder } = await freshStore()
  const file = written(folder, lines.map((line) => `${line}\n`).join(''))
  const specification = specify({
    table: 'made',
    create: true,
    operation: 'insert',
    duplicates: 'reject',
    path: file,
    ...given,
  })
  const ran = await run(store, specification)
  const journal = ran.batches.flatMap((batch) => batch.journal)
  const table = await store.tables.describe(store.db, 'made')
  return {
    ...ran,
    store,
    folder,
    codes: journal.map(({ code }) => code),
    names: table?.columns.map(({ name }) => name) ?? [],
  }
}

async function rowsOf(store: Store, table = 'made'): Promise<unknown[][]> {
  const { rows } = await sql
    .raw<Record<string, unknown>>(`select * from ${table}`)
    .execute(store.db)
  return rows.map((row) => Object.values(row))
}

async function refusal(lines: string[], given: Given = {}): Promise<string> {
  const error: unknown = await make(lines, given).catch((thrown: unknown) => thrown)
  if (!(error instanceof UnusableError)) throw new Error('it was not refused')
  return error.problem.problem
}

const ROWS = ['1,Ann,2024-01-05', '2,Bob,2024-02-06', '3,Cy,2024-03-07']

test('a title above the header, with a blank line between, is skipped and told of', async () => {
  const made = await make(['PEOPLE,,', ',,', 'id,name,since', ...ROWS])
  expect(made.names).toEqual(['id', 'name', 'since'])
  expect(made.last.counters).toMatchObject({ inserted: 3, empty: 0 })
  expect(made.codes).toContain('TLY-1124')
})

test('a note of one value above a header that is unlike its records is skipped', async () => {
  const { names, codes } = await make(['Our people', 'id,name,since', ...ROWS])
  expect(names).toEqual(['id', 'name', 'since'])
  expect(codes).toContain('TLY-1124')
})

test.each([';', '\t', '|'])('a title in one cell does not hide the delimiter %j', async (mark) => {
  const lines = ['id,name,amount', '1,Ann,2.5', '2,Bob,3', '3,Cy,4'].map((line) =>
    line.replaceAll(',', mark),
  )
  const title = 'Informe de ventas'
  for (const above of [[title, ''], [title], [title, 'Enero de 2026', '']]) {
    expect((await make([...above, ...lines])).names).toEqual(['id', 'name', 'amount'])
  }
  expect((await make([title, ...lines.slice(0, 3)])).names).toEqual(['id', 'name', 'amount'])
  const texts = ['id,name', 'a,Ann', 'b,Bob'].map((line) => line.replace(',', mark))
  expect(await refusal([title, ...texts])).toBe('head_unclear')
})

test('what may be a title or a damaged header is not guessed', async () => {
  expect(await refusal(['Our people', 'a,b,c', 'd,e,f', 'g,h,i'])).toBe('head_unclear')
})

test('lines above the header are passed over as asked, whatever they hold', async () => {
  const { names, last, codes } = await make(['a "b', '', 'id,name,since', ...ROWS], { skip: 2 })
  expect(names).toEqual(['id', 'name', 'since'])
  expect(last.counters).toMatchObject({ inserted: 3, empty: 0 })
  expect(codes).toContain('TLY-1130')
})

test('a file without a header makes columns by their numbers, and no record becomes names', async () => {
  const { names, last, codes } = await make(ROWS.map((row) => `${row},10:30`))
  expect(names).toEqual(['column_1', 'column_2', 'column_3', 'column_4'])
  expect(last.counters.inserted).toBe(3)
  expect(codes).toContain('TLY-1125')
})

test('where the table is there, a file without a header is refused, and not filled by order', async () => {
  const { store, folder } = await freshStore('create table made (a text, b text, c text, d text)')
  const path = written(folder, ROWS.map((row) => `${row},10:30\n`).join(''))
  const specification = specify({ path, table: 'made', operation: 'insert' })
  await expect(run(store, specification)).rejects.toThrow('no_names_found')
})

test('names that are numbers are not guessed, and are names where somebody says so', async () => {
  const years = ['country,2023,2024', 'Spain,5,6', 'France,7,8', 'Italy,9,10']
  expect(await refusal(years)).toBe('head_unclear')
  const { names } = await make(years, { headerLines: 1 })
  expect(names).toEqual(['country', '2023', '2024'])
})

test('several lines of names are asked about, and joined as asked', async () => {
  const lines = ['len,weight,x', 'm,kg,', '1,2,a', '3,4,b', '5,6,c']
  expect(await refusal(lines)).toBe('several_headers')
  const { names, last } = await make(lines, { headerLines: 2 })
  expect(names).toEqual(['len m', 'weight kg', 'x'])
  expect(last.counters.inserted).toBe(3)
})

describe('lines above the header with several values', () => {
  const NAMES = 'Fecha;Valor;Concepto;Importe;Saldo'
  const MOVES = ['Luz', 'Agua', 'Gas'].map(
    (what, at) => `0${at + 1}/02/2025;02/02/2025;${what};${at + 1},00;2,00`,
  )
  const ACCOUNT = 'Extracto de cuenta;ES91 2100 0418;;;'

  test.each([
    ['a blank line below', [ACCOUNT, 'Titular: Ana Ruiz;;;;', '', NAMES, ...MOVES]],
    ['no blank line below', [ACCOUNT, 'Titular: Ana Ruiz;;;;', NAMES, ...MOVES]],
    ['a total at the end', ['Cuenta;1;;;', '', NAMES, ...MOVES, 'Total;a;b;1;EUR']],
    ['values like those of the records', [ACCOUNT, 'Saldo;02/02/2025;;;2,00', NAMES, ...MOVES]],
    ['an unnamed last column', [ACCOUNT, ...[NAMES, ...MOVES].map((line) => `${line};`)]],
    ['many records', [ACCOUNT, 'Titular: Ana;;;;', NAMES, ...Array(50).fill(MOVES).flat()]],
    ['as many values as columns', ['a;b;c;d;e', 'Titular: Ana;;;;', NAMES, ...MOVES]],
    [
      'fewer columns',
      ['Report;Sales', 'Date;2025-01-01', '', 'id;name;amount', '1;Ann;2.5', '2;Bo;3', '3;Cy;4'],
    ],
    [
      'records of texts alone, and a blank line',
      ['Report;Sales;', 'Date: today;;', '', 'id;name;town', 'a;Ann;Ems', 'b;Bo;Ulm'],
    ],
  ])('are asked about: %s', async (_what, lines) => {
    expect(await refusal(lines)).toBe('head_unclear')
  })

  test('may be names of two lines where they are one', async () => {
    expect(await refusal([ACCOUNT, NAMES, ...MOVES])).toBe('several_headers')
  })

  test('are skipped as asked', async () => {
    const lines = [ACCOUNT, 'Titular: Ana Ruiz;;;;', '', NAMES, ...MOVES]
    const { names, last } = await make(lines, { skip: 3 })
    expect(names).toEqual(NAMES.split(';'))
    expect(last.counters.inserted).toBe(3)
  })

  test('are asked about as well where the table is there, and has none of their names', async () => {
    const { store, folder } = await freshStore('create table made (fecha text, importe text)')
    const path = written(folder, [ACCOUNT, 'Titular;Ana;;;', NAMES, ...MOVES, ''].join('\n'))
    const specification = specify({ path, table: 'made', operation: 'insert' })
    await expect(run(store, specification)).rejects.toThrow('head_unclear')
  })

  test.each([
    ['the first line says so', [ACCOUNT, NAMES, ...MOVES], { headerLines: 1 }],
    ['a column of row names has none', [',name,amount', 'a,Ann,1', 'b,Bo,2', 'c,Cy,3'], {}],
    ['the last column has none', ['id,name,', 'n/a,foo,', '2,Bo,x', '3,Cy,y'], {}],
    [
      'a record among others has texts',
      ['id,name,', '1,Ann,', '2,Bo,', 'none,foo,bar', '4,Cy,x', '5,Di,'],
      {},
    ],
    ['a blank line is among records', ['name,town,', 'Ann,Ems,', '', 'Bo,Ulm,note', 'Cy,Ulm,'], {}],
    ['the first record is another', ['id,name,qty', 'none,Ann,1', '2,Bo,3', '3,Cy,5'], {}],
  ])('are not seen where %s', async (_what, lines, given: Given) => {
    const { last } = await make(lines, given)
    expect(last.total).toBe(lines.filter((line) => line !== '').length - 1)
  })
})

test('names that are given stand in the place of a damaged header', async () => {
  const columns = ['id', 'name', 'since']
  const { names, last } = await make(['id,na"me', ...ROWS], { skip: 1, columns })
  expect(names).toEqual(columns)
  expect(last.counters.inserted).toBe(3)
  expect(await refusal(ROWS, { columns: ['id', 'name'] })).toBe('header_width')
})

test('a stray quote in the header costs no name', async () => {
  const { names, codes } = await make(['id,"name,since', ...ROWS])
  expect(names).toEqual(['id', 'name', 'since'])
  expect(codes).toContain('TLY-1129')
})

test.each([
  [
    'fields behind the last name that are always empty',
    'id,name',
    ['1,Ann,', '2,Bob,'],
    'TLY-1127',
  ],
  ['names that are blank and too many', 'id,name,', ['1,Ann', '2,Bob'], 'TLY-1126'],
])('of all records alike: %s are left out', async (_, header, rows, code) => {
  const { names, last, codes } = await make([header, ...rows])
  expect(names).toEqual(['id', 'name'])
  expect(last.counters).toMatchObject({ inserted: 2, rejects: 0 })
  expect(codes).toContain(code)
})

test('a value behind the last name, where the others have none, rejects its record', async () => {
  const { batches } = await make(['id,name', '1,Ann,', '2,Bob,', ...filler(300), '9,Eve,lost'])
  const rejects = batches.flatMap((batch) => batch.rejects)
  expect(rejects).toMatchObject([{ code: 'TLY-2020', params: { column: 3, value: 'lost' } }])
})

test('columns without a name that have values get one, and missing ones are asked for', async () => {
  const { names, codes } = await make(['id,name', '1,Ann,x', '2,Bob,y'])
  expect(names).toEqual(['id', 'name', 'column_3'])
  expect(codes).toContain('TLY-1128')
  expect(await refusal(['id,name,since', '1,Ann', '2,Bob'])).toBe('header_width')
})

test('where one record fits the header, the others are damaged', async () => {
  const { last } = await make(['id,name', '1,Ann', '2,Bob,y', '3,Cy,z'])
  expect(last.counters).toMatchObject({ inserted: 1, rejects: 2 })
})

test('equal names and empty ones are told apart alike in a new table and in one that is there', async () => {
  const lines = ['a,A,,a', '1,2,3,4']
  const { names, store, folder } = await make(lines)
  expect(names).toEqual(['a', 'A_2', 'column_3', 'a_3'])
  const file = written(folder, lines.join('\n'))
  await run(store, specify({ path: file, table: 'made', operation: 'insert' }))
  expect(await rowsOf(store)).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ])
})

test('a column is mapped by its number', async () => {
  const { store, folder } = await freshStore('create table made (x text, y text)')
  const file = written(folder, 'a,a\n1,2\n')
  const map = { '#2': 'x', '#1': 'y' }
  await run(store, specify({ path: file, table: 'made', operation: 'insert', map }))
  expect(await rowsOf(store)).toEqual([['2', '1']])
})

test('lines of nothing but delimiters are counted as empty, and quoted ones are records', async () => {
  const { store, last } = await make(['id,name', '1,Ann', ',', '"",""', ','])
  expect(last.counters).toMatchObject({ inserted: 2, empty: 2 })
  expect(last.total).toBe(2)
  expect(await rowsOf(store)).toEqual([
    [1, 'Ann'],
    [null, ''],
  ])
})

test('the header once more is rejected with a code of its own, and makes no column a text', async () => {
  const { store, batches } = await make(['id,name', '1,Ann', '\ufeffid,name', '2,Bob'])
  expect(await rowsOf(store)).toEqual([
    [1, 'Ann'],
    [2, 'Bob'],
  ])
  expect(batches.flatMap((batch) => batch.rejects)).toMatchObject([{ code: 'TLY-2021', line: 3 }])
})

test('an empty file is read to its end, and told of', async () => {
  const { store, folder } = await freshStore()
  const { end, batches } = await run(store, specify({ path: written(folder, '\n') }))
  expect(end).toBe('finished')
  expect(batches.flatMap(({ journal }) => journal)).toContainEqual(
    expect.objectContaining({ code: 'TLY-1133' }),
  )
})

test('the last records are left out, also of the types', async () => {
  const { store, last, batches } = await make(['id,n', '1,2', '3,4', 'total,6', 'checked,'], {
    skipLast: 2,
  })
  expect(last.total).toBe(2)
  expect(await rowsOf(store)).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(batches.flatMap(({ journal }) => journal)).toContainEqual({
    code: 'TLY-1131',
    params: { count: 2, line: 4 },
  })
})

test('where a table of another width begins is told at the end', async () => {
  const { batches } = await make(['id,n', '1,2', '3,4', 'a,b,c', '1,2,3', '4,5,6'])
  expect(batches.flatMap(({ journal }) => journal)).toContainEqual({
    code: 'TLY-1132',
    params: { line: 4, count: 3, found: 3, expected: 2 },
  })
})

test('words for nothing are nothing, also for the types', async () => {
  const { store } = await make(['id,n', '1,N/A', 'NULL,3'], { nulls: ['N/A', 'NULL'] })
  expect(await rowsOf(store)).toEqual([
    [1, null],
    [null, 3],
  ])
})

test('rejects of a file that was read with options come back with the same options', async () => {
  const options: Given = { skip: 2, headerLines: 2, skipLast: 1 }
  const lines = ['title', '', 'id,name', 'no,text', '1,Ann', '2,Bob,surplus', '3,Cy', 'total,']
  const { store, folder, batches, last } = await make(lines, options)
  const rejects = batches.flatMap((batch) => batch.rejects)
  const pieces = exportRejects({
    specification: specify({ ...options, path: 'f' }),
    memo: delimitedState.parse(last.checkpoint.memo),
    rejects: (async function* () {
      yield* rejects
    })(),
    text: ({ code }) => code,
  })
  const file = path.join(folder, 'fixed.csv')
  writeFileSync(file, (await Array.fromAsync(pieces)).join('').replace(',surplus', ''))
  const again = specify({ ...options, path: file, table: 'made', operation: 'insert' })
  const { last: end } = await run(store, again)
  expect(end.counters).toMatchObject({ inserted: 1, rejects: 0 })
  expect(await rowsOf(store)).toEqual([
    [1, 'Ann'],
    [3, 'Cy'],
    [2, 'Bob'],
  ])
})

function filler(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${at + 10},x,`)
}
