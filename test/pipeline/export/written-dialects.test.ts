import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { ExportSpecification } from '../../../src/domain/specification/specification.ts'
import { checkExport } from '../../../src/pipeline/export/check-export.ts'
import {
  expectSameWhereverStopped,
  filled,
  run,
  specify,
} from '../../support/pipeline/an-export.ts'
import {
  freshStore,
  run as runImport,
  specify as parseImportSpecification,
} from '../../support/pipeline/an-import.ts'

const COLUMNS = 'n integer, v text'

async function written(rows: string[], given: Partial<ExportSpecification>) {
  const { store, folder } = await freshStore(`create table person (${COLUMNS})`)
  for (const row of rows) await sql.raw(`insert into person values (${row})`).execute(store.db)
  const file = path.join(folder, 'out.csv')
  const { batches } = await run(store, specify({ path: file, ...given }))
  return { store, file, bytes: readFileSync(file), journal: batches.flatMap((one) => one.journal) }
}

describe('an export writes', () => {
  test.each<[string, string, Partial<ExportSpecification>]>([
    ['lines as Windows ends them', 'n,v\r\n1,a\r\n2,\r\n', { lineEnd: 'crlf' }],
    ['every value in quotes', '"n","v"\n"1","a"\n"2",\n', { quoteAll: true }],
    ['a word for nothing', 'n,v\n1,a\n2,NULL\n', { nullText: 'NULL' }],
    ['several characters between values', 'n||v\n1||a\n2||\n', { delimiter: '||' }],
    ['a mark by which Excel knows UTF-8', '\ufeffn,v\n1,a\n2,\n', { bom: true }],
  ])('%s', async (_what, text, given) => {
    const { bytes } = await written([`1, 'a'`, `2, null`], given)
    expect(bytes.toString()).toBe(text)
  })

  test('what is there apart from the word for nothing', async () => {
    const { bytes } = await written([`1, 'NULL'`, `2, ''`], { nullText: 'NULL' })
    expect(bytes.toString()).toBe('n,v\n1,"NULL"\n2,""\n')
  })

  test('no cell that a spreadsheet would run, leaves numbers alone, and says so', async () => {
    const rows = [`-1, '=1+1'`, `-2, '-5'`, `3, '@x'`, `4, 'a=b'`, `5, '-5+3'`]
    const { bytes, journal } = await written(rows, { safeCells: true })
    expect(bytes.toString()).toBe("n,v\n-1,'=1+1\n-2,-5\n3,'@x\n4,a=b\n5,'-5+3\n")
    expect(journal).toEqual([
      { code: 'TLY-1106', params: { column: 'v', record: 1, value: '=1+1' } },
    ])
  })

  test('a question mark for what the encoding lacks, and warns of it', async () => {
    const { bytes, journal } = await written([`1, 'ñ€'`, `2, '日'`], { encoding: 'windows-1252' })
    expect(bytes.toString('latin1')).toBe('n,v\n1,\xf1\x80\n2,?\n')
    expect(journal).toEqual([
      {
        code: 'TLY-1105',
        params: { column: 'v', record: 2, encoding: 'windows-1252', value: '日' },
      },
    ])
  })

  test.each(['utf-16le', 'utf-16be', 'shift_jis', 'gbk', 'big5', 'euc-jp'])(
    'what an import reads as it was, in %s',
    async (encoding) => {
      const { store, file } = await written([`1, '表, "x"'`, `2, '中|中'`, `3, ''`], { encoding })
      await sql.raw(`create table twin (${COLUMNS})`).execute(store.db)
      const back = { path: file, table: 'twin', operation: 'insert' as const, encoding }
      await runImport(store, parseImportSpecification(back))
      const all = async (table: string) =>
        (await sql.raw(`select * from ${table}`).execute(store.db)).rows
      expect(await all('twin')).toEqual(await all('person'))
    },
  )

  test('the same wherever it was stopped', async () => {
    const { store, path: file } = await filled(45_000)
    const given = { path: file, encoding: 'utf-16le', bom: true, lineEnd: 'crlf' as const }
    const { batches } = await run(store, specify(given))
    await expectSameWhereverStopped(store, batches.length, given)
  })
})

test('an encoding that an import would take for another one must be named, and the export says so', async () => {
  const rows = [`1, 'Яблоко'`, `2, 'Груша и слива'`]
  const { journal } = await written(rows, { encoding: 'iso-8859-5' })
  expect(journal.map(({ code }) => code)).toEqual(['TLY-1107'])
})

test.each<[Partial<ExportSpecification>, object]>([
  [{ encoding: 'klingon' }, { problem: 'no_encoding', encoding: 'klingon' }],
  [{ encoding: 'gb18030' }, { problem: 'no_encoding', encoding: 'gb18030' }],
  [
    { encoding: 'koi8-r', bom: true },
    { problem: 'no_bom', encoding: 'koi8-r' },
  ],
  [
    { encoding: 'koi8-r', delimiter: '日' },
    { problem: 'no_character', text: '日' },
  ],
])('%j is refused before there is a job', async (given, problem) => {
  const { store, folder } = await freshStore()
  const specification = specify({ path: path.join(folder, 'out.csv'), ...given })
  await expect(checkExport(store, specification)).rejects.toMatchObject({
    problem: expect.objectContaining(problem),
  })
})
