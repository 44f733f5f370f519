import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reject } from '../../../../src/domain/records/reject.ts'
import { USUAL_DIALECT } from '../../../../src/pipeline/formats/delimited/dialect/dialect.ts'
import type { Encoding } from '../../../../src/pipeline/encodings/encoding-names.ts'
import { decoderFor, swapped } from '../../../../src/pipeline/encodings/encoding.ts'
import type { DelimitedState } from '../../../../src/pipeline/formats/delimited/dialect/delimited-state.ts'
import { openRecord } from '../../../../src/pipeline/formats/delimited/inspection/opened-record.ts'
import { inspectRecord } from '../../../../src/pipeline/formats/inspection/inspect-record.ts'
import type { Segment } from '../../../../src/pipeline/formats/inspection/excerpt.ts'
import { textMessage } from '../../../../src/pipeline/formats/delimited/head/text-message.ts'
import { aReject } from '../../../support/jobs/a-batch.ts'
import { recordsOf } from '../../../support/pipeline/delimited.ts'

const COLUMNS = ['id', 'name', 'city'].map((name) => ({ name, field: name }))

function inspect(raw: string | Buffer, given: Partial<Reject>[], encoding: Encoding = 'utf-8') {
  const bytes = Buffer.from(raw)
  const messages = given.map((one) => aReject({ raw: bytes, ...one }))
  const dialect = { encoding, delimiter: ',' }
  return inspectRecord(openRecord(bytes, { columns: COLUMNS, dialect }), messages)
}

function marked(passage: Segment[]): unknown[] {
  return passage.flatMap((stretch) =>
    'pieces' in stretch && stretch.isMarked ? [stretch.pieces] : [],
  )
}

describe('the damaged place of a record', () => {
  test.each([
    ['a bare quote', '1,An"a,x', 'TLY-2001', ['"'], 1],
    ['text after a closing quote', '1,"Ana" M,x', 'TLY-2002', [' M'], 1],
    ['a quote that is never closed', '1,"Ana,x', 'TLY-2004', ['"'], 1],
    ['columns that are too many', '1,Ana,x,y,z', 'TLY-2003', [',y,z'], 3],
    ['an end that comes too early', '1,Ana', 'TLY-2003', [], 2],
    ['a NUL', '1,A\0na,x', 'TLY-2007', ['\0'], 1],
    ['the end of a kept first line of several', '1,"Ana', 'TLY-2002', ['"'], 1],
  ] as const)('is %s', (_what, raw, code, pieces, column) => {
    const found = inspect(raw, [{ code }])
    expect(marked(found.passage)).toEqual([pieces])
    expect(found.columns.findIndex(({ messages }) => messages.length > 0)).toBe(column)
    expect(found.messages).toEqual([])
  })

  test('is the bytes that are no text, and they are kept apart from the text', () => {
    const raw = Buffer.from('1,Jos\xe9\xff,\xc3\xa9', 'latin1')
    const found = inspect(raw, [{ code: 'TLY-2005' }])
    expect(found.passage).toEqual([
      { pieces: ['1,Jos'], isMarked: false },
      { pieces: [0xe9, 0xff], isMarked: true },
      { pieces: [',é'], isMarked: false },
    ])
    expect(found.columns[1]?.value).toEqual({ pieces: ['Jos', 0xe9, 0xff], leftOut: 0 })
    expect(found.columns[1]?.messages).toHaveLength(1)
  })

  test('is half a character of UTF-16, in either order of bytes', () => {
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      const little = Buffer.from('1,A\ud83dna,é', 'utf16le')
      const raw = encoding === 'utf-16be' ? swapped(little) : little
      const { passage, columns } = inspect(raw, [{ code: 'TLY-2005' }], encoding)
      expect(marked(passage)).toEqual([[0xd83d]])
      expect(columns[2]?.value).toEqual({ pieces: ['é'], leftOut: 0 })
    }
  })

  test('is every field that the database refused, as it is written', () => {
    const found = inspect('x,"A ""b""",', [
      { code: 'TLY-3001', field: 'name', connector: 'database' },
      { code: 'TLY-3001', field: 'id', connector: 'database' },
      { code: 'TLY-3002', field: 'city', connector: 'database' },
    ])
    expect(marked(found.passage)).toEqual([['x'], ['"A ""b"""'], []])
    expect(found.columns.map(({ value }) => value)).toMatchObject([
      { pieces: ['x'] },
      { pieces: ['A "b"'] },
      { pieces: [] },
    ])
  })

  test('is nowhere where the message speaks of the whole record', () => {
    const found = inspect('1,Ana,x', [{ code: 'TLY-3006', connector: 'database' }])
    expect(found.passage).toEqual([{ pieces: ['1,Ana,x'], isMarked: false }])
    expect(found.messages).toHaveLength(1)
  })
})

test('columns that the record does not have are told from those that could not be read', () => {
  const values = (raw: string, code: Reject['code']) =>
    inspect(raw, [{ code }]).columns.map(({ value }) => (typeof value === 'string' ? value : 'is'))
  expect(values('1', 'TLY-2003')).toEqual(['is', 'missing', 'missing'])
  expect(values('1,a"b,c', 'TLY-2001')).toEqual(['is', 'is', 'unread'])
})

test('a long record is shown around its marks, and what is left out is counted', () => {
  const long = 'é'.repeat(5_000)
  const { passage, columns } = inspect(`${long},An"a,${long}`, [{ code: 'TLY-2001' }])
  const bytes = passage.map((stretch) =>
    'leftOut' in stretch ? stretch.leftOut : Buffer.byteLength(stretch.pieces.join('')),
  )
  expect(bytes.reduce((sum, length) => sum + length)).toBe(
    Buffer.byteLength(`${long},An"a,${long}`),
  )
  expect(
    passage.every((one) => 'leftOut' in one || one.pieces.every((p) => typeof p === 'string')),
  ).toBe(true)
  expect(bytes.length).toBe(7)
  expect(columns[0]?.value).toEqual({ pieces: ['é'.repeat(250)], leftOut: 9_500 })
})

test('of a record with very many columns the first are shown, and the one that is blamed', () => {
  const { columns, leftOut } = inspect(`${'a,'.repeat(400)}b"b${',c'.repeat(50)}`, [
    { code: 'TLY-2001' },
  ])
  expect(columns).toHaveLength(201)
  expect(columns.at(-1)).toMatchObject({ number: 401, messages: [{ code: 'TLY-2001' }] })
  expect(leftOut).toBe(200)
})

describe('a record of which only the beginning is at hand', () => {
  const begun = (head: string, messages: Partial<Reject>[]) => {
    const rest = 1_000
    const dialect = { encoding: 'utf-8', delimiter: ',' } as const
    const record = openRecord(Buffer.from(head), { columns: COLUMNS, dialect, rest })
    return inspectRecord(record, messages.map(aReject))
  }

  test('does not take what is cut for all of it, nor for damaged', () => {
    const { columns, passage } = begun('1,"Aná', [{ code: 'TLY-3001', field: 'name' }])
    expect(columns.map(({ value }) => value)).toEqual([
      { pieces: ['1'], leftOut: 0 },
      'beyond',
      'beyond',
    ])
    expect(columns[1]?.messages).toHaveLength(1)
    expect(passage).toEqual([{ pieces: ['1,"An'], isMarked: false }, { leftOut: 1_002 }])
  })

  test('says of no column that it is wanting', () => {
    const { messages, passage } = begun('1,An', [{ code: 'TLY-2003' }])
    expect(messages).toHaveLength(1)
    expect(marked(passage)).toEqual([])
  })
})

describe('any damaged line', () => {
  const piece = fc.constantFrom('a', 'é', '"', '""', ',', ',"', '",', '\0', '\n', '\r', '\ufffd')
  const byte = fc.integer({ min: 0, max: 255 }).map((code) => Buffer.of(code))
  const sources = fc
    .array(
      fc.oneof(
        piece.map((text) => Buffer.from(text)),
        byte,
      ),
      { maxLength: 40 },
    )
    .map((pieces) => Buffer.concat(pieces))
  const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252')

  test('is given back by its stretches together, and a text error is marked once', async () => {
    await fc.assert(
      fc.asyncProperty(sources, encodings, async (source, encoding) => {
        for (const record of await recordsOf(source, { encoding, columns: COLUMNS.length })) {
          const message = textMessage(record, aMemo(encoding), () => record.raw)
          if (message === undefined) continue
          const raw = Buffer.from(record.raw, 'latin1')
          const { passage } = inspect(raw, [message], encoding)
          expect(bytesOf(passage, encoding, raw.length % 2 === 1)).toEqual(raw)
          expect(marked(passage)).toHaveLength(1)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

function aMemo(encoding: Encoding): DelimitedState {
  const header = COLUMNS.map(({ name }) => name)
  const head = { isNamed: true, dropped: 0, skipped: 0, head: null }
  return { format: 'delimited', ...USUAL_DIALECT, encoding, detection: null, header, ...head }
}

/** Writes the pieces back as the bytes that they were. */
function bytesOf(passage: Segment[], encoding: Encoding, isOdd: boolean): Buffer {
  const pieces = passage.flatMap((stretch) => ('pieces' in stretch ? stretch.pieces : []))
  const bytes = pieces.map((piece, index) => {
    if (encoding === 'utf-8')
      return typeof piece === 'string' ? Buffer.from(piece) : Buffer.of(piece)
    if (encoding === 'windows-1252') return windows1252(String(piece))
    if (typeof piece === 'string') return utf16(piece, encoding)
    // The last odd byte stands in the place of a pair.
    const isLast = isOdd && index === pieces.length - 1
    return isLast ? Buffer.of(piece & 0xff) : utf16(String.fromCharCode(piece), encoding)
  })
  return Buffer.concat(bytes)
}

function utf16(text: string, encoding: Encoding): Buffer {
  const little = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16be' ? swapped(little) : little
}

const decode1252 = decoderFor('windows-1252')
const BYTES_1252 = new Map(
  Array.from({ length: 256 }, (_, byte) => [decode1252(String.fromCharCode(byte)), byte]),
)

function windows1252(text: string): Buffer {
  return Buffer.from([...text].map((character) => BYTES_1252.get(character) ?? 0))
}
