import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tokenize } from '../../../../../src/pipeline/formats/delimited/tokenizer/delimited.ts'
import { aSource } from '../../../../support/pipeline/a-source.ts'
import {
  batchesOf,
  DEFAULTS,
  flagsOf,
  recordsOf,
  START,
  type TokenizeOptions,
} from '../../../../support/pipeline/delimited.ts'

describe('a clean file', () => {
  test('gives the fields of each record, with its place and its own bytes', async () => {
    const records = await recordsOf('id,name\r\n1,"Ann ""A"" Lee"\r\n')
    const first = { record: 1, line: 1, offset: 0, end: 9, nextLine: 2 }
    const second = { record: 2, line: 2, offset: 9, end: 28, nextLine: 3 }
    expect(records).toEqual([
      { ...first, fields: ['id', 'name'], raw: 'id,name' },
      { ...second, fields: ['1', 'Ann "A" Lee'], raw: '1,"Ann ""A"" Lee"' },
    ])
  })

  test('reads as csv-parse reads it, whatever is quoted', async () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'é', '€', '"', ',', '\n', '\r', ' ') })
    const rows = fc.integer({ min: 1, max: 5 }).chain((columns) => {
      const row = fc.array(value, { minLength: columns, maxLength: columns })
      return fc.array(row, { minLength: 1, maxLength: 8 })
    })
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), async (table, lineEnd) => {
        const text = table.map((row) => row.map(quoted).join(',') + lineEnd).join('')
        const records = await recordsOf(text)
        expect(records.map(({ fields }) => fields)).toEqual(parse(text))
        expect(records.every(({ flag }) => flag === undefined)).toBe(true)
      }),
    )
  })

  test('may end its lines in CRLF, LF and CR all at once', async () => {
    const records = await recordsOf('a,b\r\nc,d\ne,"f\r\ng\rh\ni"\rj,k\r\n')
    expect(records.map(({ line, nextLine }) => [line, nextLine])).toEqual([
      [1, 2],
      [2, 3],
      [3, 7],
      [7, 8],
    ])
    expect(records[2]?.fields).toEqual(['e', 'f\r\ng\rh\ni'])
  })

  test('may lack its last line end', async () => {
    const [record, ...rest] = await recordsOf('a,b')
    expect(record).toMatchObject({ fields: ['a', 'b'], end: 3, line: 1, nextLine: 1 })
    expect(rest).toEqual([])
    expect(await fieldsOf('a,"b"')).toEqual([['a', 'b']])
    expect(await fieldsOf('a,')).toEqual([['a', '']])
    expect(await fieldsOf('a\r')).toEqual([['a']])
  })

  test('may be empty', async () => expect(await batchesOf('')).toEqual([]))

  test('may be a header alone', async () => {
    expect(await fieldsOf('id,name\n')).toEqual([['id', 'name']])
  })

  test('may have empty lines, which are counted and are no records', async () => {
    const batches = await batchesOf('\r\na\n\n\nb\n\n')
    expect(batches.map(({ empty }) => empty)).toEqual([4])
    expect(batches.at(-1)).toMatchObject({ offset: 9, line: 7, record: 2 })
    expect(batches.flatMap(({ records }) => records.map(({ line }) => line))).toEqual([2, 5])
  })

  test('may have a delimiter of several bytes', async () => {
    for (const windowBytes of [1, 2, 3, 5, 1000]) {
      const options = { delimiter: '§', windowBytes }
      expect(await fieldsOf('a§"b"§ç\n', options)).toEqual([['a', 'b', 'ç']])
    }
  })
})

describe('a damaged record costs no other', () => {
  test('a quote inside a value', async () => {
    await expectContained('2,5" pipe', 'bare_quote')
  })

  test('text after a closing quote', async () => {
    await expectContained('2,"two"s', 'text_after_quote')
  })

  test('a quote that is opened and never closed', async () => {
    await expectContained('2,"two', 'unterminated_quote')
  })

  test('too few columns', async () => {
    await expectContained('2', 'columns', ['2'])
  })

  test('too many columns', async () => {
    await expectContained('2,two,zwei', 'columns', ['2', 'two', 'zwei'])
  })

  test('bytes that are not UTF-8', async () => {
    await expectContained('2,t\xe9o', 'encoding')
  })

  test('a NUL', async () => {
    await expectContained('2,t\0o', 'nul')
  })

  test('twenty megabytes in one record, of which the first 64 KiB are shown', async () => {
    const long = '2,' + 'x'.repeat(20_000_000)
    const records = await recordsOf(`1,one\n${long}\n3,three\n`, { columns: 2 })
    expect(records.map(({ flag }) => flag)).toEqual([undefined, 'too_long', undefined])
    expect(records[1]).toMatchObject({ end: 20_000_009, nextLine: 3 })
    expect(records[1]?.raw).toBe(long.slice(0, 65_536))
  })

  test('an error in a record of several lines rejects the first of them only', async () => {
    const records = await recordsOf('1,"one\n2,two\n3,"three"\n')
    expect(records.map(({ flag, raw }) => [flag, raw])).toEqual([
      ['text_after_quote', '1,"one'],
      [undefined, '2,two'],
      [undefined, '3,"three"'],
    ])
  })

  test('what an open quote hid is looked at afresh', async () => {
    const records = await recordsOf('a,"b\nc","d"e\nf,"g"\n')
    expect(records.map(({ flag, raw }) => [flag, raw])).toEqual([
      ['text_after_quote', 'a,"b'],
      ['bare_quote', 'c","d"e'],
      [undefined, 'f,"g"'],
    ])
  })

  test('a record of several lines that is too long is taken for an open quote', async () => {
    const options = { maxRecordBytes: 10 }
    expect(await flagsOf(Buffer.from('"a\n345678"'), options)).toEqual([undefined])
    const flags = ['unterminated_quote', 'bare_quote']
    expect(await flagsOf(Buffer.from('"a\n3456789"'), options)).toEqual(flags)
    expect(await flagsOf(Buffer.from('"a\n3456789"b'), options)).toEqual(flags)
  })

  test('each line of a file of bad lines is rejected by itself', async () => {
    const records = await recordsOf('"a"b\n'.repeat(50_000))
    expect(records.filter(({ flag }) => flag === 'text_after_quote')).toHaveLength(50_000)
  })
})

describe('a large file', () => {
  let folder = ''
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'tallyman-'))))
  afterAll(() => rm(folder, { recursive: true }))

  test('loses one record of 100 MB to an open quote in the first line', async () => {
    const path = join(folder, 'open-quote.csv')
    const line = '1234567,a name,some place\n'
    const block = line.repeat(40_000)
    const blocks = 97
    const file = createWriteStream(path)
    file.write('"0,a name,some place\n')
    for (let written = 0; written < blocks; written++) {
      if (!file.write(block)) await once(file, 'drain')
    }
    file.end()
    await once(file, 'finish')

    const options = { ...DEFAULTS, columns: 3 }
    const flags: unknown[] = []
    let records = 0
    const source = await aSource(path)
    for await (const batch of tokenize(source.read(START), options)) {
      records += batch.records.length
      const readings = batch.records.map((one) => ({ record: one.record, ...one.read() }))
      const flagged = readings.filter(({ flag }) => flag !== undefined)
      flags.push(...flagged.map(({ record, flag }) => [record, flag]))
    }
    expect(flags).toEqual([[1, 'unterminated_quote']])
    expect(records).toBe(1 + blocks * 40_000)
  })
})

test('records that were complete come before the error of a source that breaks off', async () => {
  async function* broken() {
    yield Buffer.from('a,b\nc,d\ne')
    throw new Error('The disk is gone.')
  }
  const seen: string[][] = []
  const reading = async () => {
    for await (const { records } of tokenize(broken(), DEFAULTS)) {
      seen.push(...records.map((record) => record.read().fields))
    }
  }
  await expect(reading).rejects.toThrow('The disk is gone.')
  expect(seen).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

/** Puts a line between two good ones, in windows small and large, and expects both of them back. */
async function expectContained(line: string, flag: string, fields: string[] = []) {
  const source = Buffer.from(`1,one\n${line}\n3,three\n`, 'latin1')
  for (const windowBytes of [17, 1024 * 1024]) {
    const records = await recordsOf(source, { columns: 2, windowBytes })
    expect(records.map((record) => [record.flag, record.fields])).toEqual([
      [undefined, ['1', 'one']],
      [flag, fields],
      [undefined, ['3', 'three']],
    ])
    expect(records[1]).toMatchObject({ record: 2, line: 2, offset: 6, raw: line })
  }
}

async function fieldsOf(source: string, options?: TokenizeOptions): Promise<string[][]> {
  return (await recordsOf(source, options)).map(({ fields }) => fields)
}

function quoted(value: string): string {
  return /^$|[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
