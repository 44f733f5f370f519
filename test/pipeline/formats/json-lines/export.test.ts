import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { parseExportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { checkExport } from '../../../../src/pipeline/export/check-export.ts'
import {
  expectSameWhereverStopped,
  filled,
  run,
  specify,
} from '../../../support/pipeline/an-export.ts'
import { freshStore } from '../../../support/pipeline/an-import.ts'

/** What is written of these values of a column, and what is told of it. */
async function written(type: string, values: string[]) {
  const { store, folder } = await freshStore(`create table person (v ${type})`)
  for (const value of values) {
    await sql.raw(`insert into person values (${value})`).execute(store.db)
  }
  const file = path.join(folder, 'out.jsonl')
  const { batches } = await run(store, specify({ path: file, format: 'json_lines' }))
  const lines = readFileSync(file, 'latin1').split('\n').slice(0, -1)
  const told = batches.flatMap(({ journal }) =>
    journal.map(({ code, params }) => [code, params['record']]),
  )
  return { values: lines.map((line) => line.replace(/^\{"v":(.*)\}$/, '$1')), told }
}

describe('an export to JSON Lines writes', () => {
  test.each<[string, string[], string[]]>([
    [
      'integer',
      ['1', '-9223372036854775808', 'null', `'x'`],
      ['1', '-9223372036854775808', 'null', '"x"'],
    ],
    ['real', ['1', '0.1', '9e999', '1e300'], ['1.0', '0.1', '"Inf"', '1.0e+300']],
    [
      'text',
      [`'5'`, `''`, `'a"b\\c' || char(10)`, `'null'`],
      ['"5"', '""', '"a\\"b\\\\c\\n"', '"null"'],
    ],
    ['boolean', ['1', '0', 'null', '2'], ['true', 'false', 'null', '2']],
    ['blob', [`x'00ff'`], ['"00ff"']],
    ['date', [`'2024-01-31'`], ['"2024-01-31"']],
    ['', ['5', `'5'`, '1.5'], ['5', '"5"', '1.5']],
    ['numeric', ['1.10', '12345678901234567'], ['1.1', '12345678901234567']],
  ])('the values of the type %s as %j', async (type, values, expected) => {
    expect((await written(type, values)).values).toEqual(expected)
  })

  test('what an import would refuse with a warning, and a NULL without one', async () => {
    const { told } = await written('integer default 7', ['null', '1', `'x'`])
    expect(told).toEqual([['TLY-1031', 3]])
    expect((await written('text', [`'a' || char(0)`])).told).toEqual([['TLY-1031', 1]])
    const invalid = await written('text', [`'a'`, `cast(x'ff' as text)`, `cast(x'61ff' as text)`])
    expect(invalid.values).toEqual(['"a"', '"\xff"', '"a\xff"'])
    expect(invalid.told).toEqual([['TLY-1030', 2]])
  })

  test('names as strings, one after the other, and nothing where there is no row', async () => {
    const { store, folder } = await freshStore('create table person ("a ""b""" int, "ñ" int)')
    const file = path.join(folder, 'out.jsonl')
    const wanted = specify({ path: file, format: 'json_lines' })
    await run(store, wanted)
    expect(readFileSync(file, 'utf8')).toBe('')
    await sql`insert into person values (1, 2)`.execute(store.db)
    await run(store, wanted)
    expect(readFileSync(file, 'utf8')).toBe('{"a \\"b\\"":1,"ñ":2}\n')
  })

  test('the same bytes, wherever it was stopped, packed or not', async () => {
    const { store, path: file } = await filled(70_000)
    for (const gzip of [false, true]) {
      const given = { path: `${file}-${gzip}`, format: 'json_lines', gzip } as const
      const { batches } = await run(store, specify(given))
      const bytes = readFileSync(given.path)
      const text = (gzip ? gunzipSync(bytes) : bytes).toString()
      expect(text.split('\n')).toHaveLength(70_001)
      expect(JSON.parse(text.slice(0, text.indexOf('\n')))).toEqual({
        id: 1,
        name: 'name 1',
        age: 1,
        note: null,
      })
      await expectSameWhereverStopped(store, batches.length, given)
    }
  })
})

test('what has no meaning in JSON Lines is refused before there is a job', async () => {
  const { store, folder } = await freshStore()
  const check = async (given: object) => {
    const file = { table: 'person', path: path.join(folder, 'x'), format: 'json_lines' }
    return await checkExport(store, parseExportSpecification({ ...file, ...given }))
  }
  await expect(check({ nullText: 'NULL' })).rejects.toMatchObject({
    problem: { problem: 'not_for_format', option: '--null' },
  })
  await expect(check({ columns: ['id', 'ID'] })).rejects.toMatchObject({
    problem: { problem: 'name_twice' },
  })
  expect(await check({})).toMatchObject({ format: 'json_lines' })
})
