import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { checkImport } from '../../../../src/pipeline/import/plan/check-import.ts'
import { importState } from '../../../../src/pipeline/import/opening/resume-state.ts'
import { sourceReaderOf } from '../../../../src/pipeline/known-formats.ts'
import { byDatabase } from '../../../support/databases.ts'
import { freshStore, people, run, specify, type Ran } from '../../../support/pipeline/an-import.ts'

type Given = Partial<ImportSpecification>

/** Imports these lines into a table of people, or into one that is made. */
async function imported(lines: string[] | Buffer, given: Given = {}) {
  const { store, folder } = await freshStore()
  const file = path.join(folder, 'people.jsonl')
  writeFileSync(file, Array.isArray(lines) ? lines.join('\n') : lines)
  const wanted = specify({ path: file, key: ['id'], format: 'json_lines', ...given })
  const ran = await run(store, wanted)
  const rowsOf = async (table: string) =>
    (await sql.raw(`select * from ${table} order by 1`).execute(store.db)).rows
  return { ...ran, store, file, wanted, rowsOf, told: toldBy(ran) }
}

function toldBy({ batches }: Ran) {
  return batches.flatMap(({ journal }) => journal)
}

function rejectsOf({ batches }: Ran) {
  return batches.flatMap(({ rejects }) => rejects)
}

describe('an import of JSON Lines', () => {
  test('fills the fields that the names say', async () => {
    const { store, last } = await imported([
      '{"name":"Ann","id":1,"age":30}',
      '',
      '{"id":2,"name":"Ñandú","note":"a \\"b\\""}',
    ])
    expect(await people(store)).toEqual([
      { id: 1, name: 'Ann', age: 30, note: null },
      { id: 2, name: 'Ñandú', age: null, note: 'a "b"' },
    ])
    expect(last.counters).toMatchObject({ processed: 2, inserted: 2, empty: 1 })
  })

  test('takes null for NULL, and leaves a field as it is whose name is wanting', async () => {
    const { store, wanted, file } = await imported(['{"id":1,"name":"Ann","age":3,"note":"x"}'])
    writeFileSync(file, '{"id":1,"name":"Ann","age":null,"note":""}\n{"id":2,"name":null}\n')
    const again = await run(store, wanted)
    expect(await people(store)).toEqual([{ id: 1, name: 'Ann', age: null, note: '' }])
    expect(rejectsOf(again)).toMatchObject([{ record: 2, field: 'name', code: 'TLY-3002' }])
    writeFileSync(file, '{"id":1,"age":7}\n')
    await run(store, wanted)
    expect(await people(store)).toEqual([{ id: 1, name: 'Ann', age: 7, note: '' }])
  })

  test('keeps all digits, and makes a table whose columns take the values as they are', async () => {
    const { rowsOf, told } = await imported(
      [
        '{"n":1,"big":12345678901234567890,"price":1.10,"ok":true,"zip":"01234","at":"2024-01-31","x":{"a": [1.10]}}',
        '{"n":2,"big":1,"price":2.5,"ok":null,"zip":"5","at":"2024-02-01","x":"text"}',
      ],
      { create: true, table: 'made', key: [], operation: 'insert' },
    )
    expect(told).toContainEqual({
      code: 'TLY-1015',
      params: {
        table: 'made',
        columns: byDatabase({
          SQLite: 'n integer, big text, price text, ok boolean, zip text, at date, x text',
          PostgreSQL: 'n integer, big number, price number, ok boolean, zip text, at date, x text',
        }),
      },
    })
    const [first, second] = await rowsOf('made')
    expect(first).toEqual({
      n: 1,
      big: '12345678901234567890',
      price: '1.10',
      ok: byDatabase<unknown>({ SQLite: 1, PostgreSQL: true }),
      zip: '01234',
      at: '2024-01-31',
      x: '{"a": [1.10]}',
    })
    expect(second).toMatchObject({ big: '1', price: '2.5', ok: null, zip: '5', x: 'text' })
  })

  test('says of a value that does not fit what a delimited file says of it', async () => {
    const ran = await imported(['{"id":1,"name":"Ann","age":"x"}', '{"id":[2],"name":"Bob"}'])
    expect(rejectsOf(ran)).toMatchObject([
      { record: 1, field: 'age', code: 'TLY-3001', connector: 'database' },
      { record: 2, field: 'id', code: 'TLY-3001', params: { value: '[2]' } },
    ])
  })

  test('rejects a line that is no object, by line, offset and text, and no other', async () => {
    const lines = [
      '{"id":1,"name":"Ann"}',
      '{"id":2',
      '[3]',
      '{"id":4,"id":5}',
      '{"id":6,"name":"Fay"}',
    ]
    const ran = await imported(lines)
    expect(ran.last.counters).toMatchObject({ processed: 5, inserted: 2, rejects: 3 })
    expect(
      rejectsOf(ran).map(({ raw, ...reject }) => ({ ...reject, raw: raw.toString() })),
    ).toMatchObject([
      { record: 2, line: 2, offset: 22, code: 'TLY-2030', connector: 'text', raw: '{"id":2' },
      { record: 3, line: 3, offset: 30, code: 'TLY-2031', raw: '[3]' },
      { record: 4, line: 4, offset: 34, code: 'TLY-2032', params: { name: 'id' } },
    ])
  })

  test('warns once of a name that comes behind the records that tell the columns', async () => {
    const lines = Array.from({ length: 10_050 }, (_, at) => `{"id":${at + 1},"name":"n"}`)
    lines[10_010] = '{"id":10011,"name":"n","phone":"1"}'
    lines[10_020] = '{"id":10021,"name":"n","phone":"2","fax":"3"}'
    const { told, last, wanted, store } = await imported(lines)
    expect(told.filter(({ code }) => code === 'TLY-1141')).toEqual([
      { code: 'TLY-1141', params: { name: 'phone', record: 10_011, line: 10_011 } },
      { code: 'TLY-1141', params: { name: 'fax', record: 10_021, line: 10_021 } },
    ])
    expect(last.counters.inserted).toBe(10_050)
    const named = await run(store, { ...wanted, columns: ['id', 'name', 'phone', 'fax'] })
    expect(toldBy(named).filter(({ code }) => code === 'TLY-1141')).toEqual([])
  })

  test.each([
    ['a byte order mark', Buffer.from('\ufeff{"id":1,"name":"Ann"}\r\n')],
    ['gzip', gzipSync('{"id":1,"name":"Ann"}\n')],
    ['no line end', Buffer.from('{"id":1,"name":"Ann"}')],
  ])('reads a file with %s', async (_what, bytes) => {
    const { store } = await imported(bytes)
    expect(await people(store)).toEqual([{ id: 1, name: 'Ann', age: null, note: null }])
  })

  test('goes on wherever it was stopped', async () => {
    const lines = Array.from({ length: 400 }, (_, at) =>
      at % 40 === 7 ? `{"id":${at},` : `{"id":${at},"name":"n${at}","note":"${'ñ'.repeat(at)}"}`,
    )
    const whole = await imported(lines)
    const rows = await people(whole.store)
    expect(whole.batches.length).toBeGreaterThan(3)
    for (let stopAfter = 1; stopAfter < whole.batches.length; stopAfter++) {
      const { store } = await freshStore()
      const stopped = await run(store, whole.wanted, { stopAfter })
      const { counters, checkpoint } = stopped.last
      const resume = { counters, checkpoint: JSON.parse(JSON.stringify(checkpoint)) }
      const rest = stopped.end === 'stopped' ? await run(store, whole.wanted, { resume }) : stopped
      expect(rest.last.counters).toEqual(whole.last.counters)
      expect(await people(store)).toEqual(rows)
    }
  })

  test('leaves lines out at both ends, as asked', async () => {
    const lines = ['title', '{"id":1,"name":"Ann"}', '{"id":2,"name":"sum"}']
    const { store, told } = await imported(lines, { skip: 1, skipLast: 1 })
    expect(await people(store)).toMatchObject([{ id: 1 }])
    expect(told.map(({ code }) => code)).toEqual(expect.arrayContaining(['TLY-1130', 'TLY-1131']))
  })

  test('gives its rejects as lines that can be corrected and imported again', async () => {
    const { store, wanted, file, last, ...ran } = await imported([
      '{"id":1,"name":"Ann"}',
      '{"id":2,"name":null}',
      '{"id":3,"name":"Cy"',
    ])
    const reader = sourceReaderOf(importState.parse(last.checkpoint.memo))
    const pieces = reader.exportRejects({
      specification: wanted,
      rejects: (async function* () {
        yield* rejectsOf({ last, ...ran })
      })(),
      text: ({ code }) => code,
    })
    const text = Buffer.concat(await Array.fromAsync(pieces)).toString()
    const reason = {
      reject_line: 2,
      reject_record: 2,
      reject_connector: 'database',
      reject_field: 'name',
      reject_code: 'TLY-3002',
      reject_message: 'TLY-3002',
    }
    const told = JSON.stringify(reason).slice(1)
    const damaged = { reject_raw: '{"id":3,"name":"Cy"', reject_line: 3, reject_record: 3 }
    const [first, second = ''] = text.trim().split('\n')
    expect(first).toBe(`{"id":2,"name":null,${told}`)
    expect(JSON.parse(second)).toMatchObject({ ...damaged, reject_code: 'TLY-2030' })
    writeFileSync(file, text.replace('null', '"Bob"').replace('Cy\\"', 'Cy\\"}'))
    const again = await run(store, wanted)
    expect(again.last.counters).toMatchObject({ inserted: 2, rejects: 0 })
    expect(toldBy(again).map(({ code }) => code)).not.toContain('TLY-1141')
  })
})

describe('the format of a file is found', () => {
  const check = async (name: string, content: string, given: Record<string, unknown> = {}) => {
    const { store, folder } = await freshStore()
    const file = path.join(folder, name)
    writeFileSync(file, content)
    const wanted = parseImportSpecification({ path: file, table: 'person', key: ['id'], ...given })
    await checkImport(store, wanted)
    const { last } = await run(store, wanted)
    return importState.parse(last.checkpoint.memo).format
  }
  const LINES = '{"id":1,"name":"Ann"}\n{"id":2,"name":"Bob"}\n'

  test.each(['a.jsonl', 'a.NDJSON', 'a.txt', 'a'])(
    'by its name or what it holds: %s',
    async (name) => {
      expect(await check(name, LINES)).toBe('json_lines')
    },
  )

  test('as delimited text, where it is nothing else', async () => {
    expect(await check('a.txt', 'id,name\n1,"{""a"":1}"\n')).toBe('delimited')
  })

  test('but not against what is said of it', async () => {
    const problem = async (name: string, content: string, given = {}) =>
      await check(name, content, given).catch((error: unknown) =>
        error instanceof Error && 'problem' in error ? error.problem : error,
      )
    expect(await problem('a.json', LINES)).toMatchObject({ problem: 'is_json' })
    expect(await problem('a.csv', LINES)).toMatchObject({ problem: 'is_json' })
    expect(await problem('a.jsonl', 'id,name\n1,Ann\n')).toMatchObject({ problem: 'no_json_lines' })
    expect(await problem('a.jsonl', LINES, { quote: "'" })).toMatchObject({
      problem: 'not_for_format',
      option: '--quote',
    })
  })
})
