import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dialect,
  type Dialect,
} from '../../../../../src/pipeline/formats/delimited/dialect/dialect.ts'
import { encodeText } from '../../../../../src/pipeline/encodings/encode.ts'
import { isUtf16, type Encoding } from '../../../../../src/pipeline/encodings/encoding-names.ts'
import { quotedIn } from '../../../../../src/pipeline/formats/delimited/dialect/quoted-in.ts'
import { recordsOf } from '../../../../support/pipeline/delimited.ts'
import { rounds } from '../../../../support/faults/chance.ts'

const ENCODINGS: Encoding[] = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'iso-8859-2',
  'shift_jis',
  'euc-jp',
  'gbk',
  'big5',
  'euc-kr',
]
/** Among them some whose second byte is that of a bar or a backslash. */
const CHARACTERS = 'ab|\\é,;яłポソ表Ñ功許가 \t\n\r"\'“”^'
const DELIMITERS = [',', ';', '||', ', ', '\t', ' ', '\x01', '|', '§']
const QUOTES = ['"', "'", '“', '']
const RECORD_ENDS = ['\n', '\r\n', '\r', '~', '\x1e\n']

const dialects = fc
  .record({
    encoding: fc.constantFrom(...ENCODINGS),
    delimiter: fc.constantFrom(...DELIMITERS),
    quote: fc.constantFrom(...QUOTES),
    escape: fc.constantFrom('', '\\'),
    recordEnd: fc.constantFrom(null, null, '~', '\x1e\n'),
    comment: fc.constantFrom(null, '#'),
    trim: fc.boolean(),
    mergeDelimiters: fc.boolean(),
    multiline: fc.boolean(),
  })
  .map((given) => dialect.parse(given))
  .filter(isPossible)

/** Blanks cannot be both trimmed and a delimiter. */
function isPossible({ encoding, delimiter, quote, trim }: Dialect): boolean {
  const known = [delimiter, quote].every((mark) => encodeText(mark, encoding) !== undefined)
  return known && !(trim && /\s/.test(delimiter))
}

function bytesOf(text: string, encoding: Encoding): Buffer {
  return Buffer.from(encodeText(text, encoding) ?? '', 'latin1')
}

/** Values that the dialect can hold. */
function valueIn(wanted: Dialect): fc.Arbitrary<string> {
  const { encoding, delimiter, quote, escape, multiline, mergeDelimiters, trim } = wanted
  const known = [...CHARACTERS].filter((one) => encodeText(one, encoding) !== undefined)
  return fc
    .string({ unit: fc.constantFrom(...known), maxLength: 6 })
    .map((text) => (multiline ? text : text.replace(/[\r\n~]/g, '')))
    .filter((text) => quote !== '' || ![...delimiter, ...'\r\n~'].some((one) => text.includes(one)))
    .filter((text) => quote !== '' || (escape === '' ? true : !text.includes(escape)))
    .filter((text) => quote !== '' || !(mergeDelimiters && text === ''))
    .filter((text) => quote !== '' || !(trim && text.trim() !== text))
}

function written(text: string, wanted: Dialect): string {
  if (text !== '' || !wanted.mergeDelimiters) return quotedIn(text, wanted)
  return wanted.quote === '“' ? '“”' : wanted.quote + wanted.quote
}

const clean = dialects.chain((wanted) =>
  fc.record({
    wanted: fc.constant(wanted),
    rows: fc.array(fc.array(valueIn(wanted), { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
    lineEnd:
      wanted.recordEnd === null
        ? fc.constantFrom('\n', '\r\n', '\r')
        : fc.constant(wanted.recordEnd),
    isEnded: fc.boolean(),
  }),
)

describe('a clean file in any dialect', () => {
  test(
    'comes in as it was written',
    async () => {
      await fc.assert(
        fc.asyncProperty(clean, async ({ wanted, rows, lineEnd, isEnded }) => {
          const { encoding, delimiter, comment } = wanted
          const lines = rows.map((row) => row.map((text) => written(text, wanted)).join(delimiter))
          const all =
            comment === null ? lines : lines.flatMap((line) => [`${comment} a${delimiter}"`, line])
          const text = all.join(lineEnd) + (isEnded && all.length > 0 ? lineEnd : '')
          const records = await recordsOf(bytesOf(text, encoding), wanted)
          // A line of nothing but delimiters is no record.
          const kept = rows.filter((row) => row.some((value) => written(value, wanted) !== ''))
          expect(records.map(({ flag }) => flag)).toEqual(kept.map(() => undefined))
          expect(records.map(({ fields }) => fields)).toEqual(kept)
        }),
        { numRuns: rounds(1500, 100_000) },
      )
    },
    20 * 60_000,
  )
})

describe('any characters in any dialect', () => {
  const piece = fc.constantFrom(
    ...CHARACTERS,
    ...DELIMITERS,
    ...RECORD_ENDS,
    '“',
    '”',
    "'",
    '"',
    '\\',
    '#',
    '\ud83d',
    '\x1a',
  )
  const sources = fc.record({ wanted: dialects, pieces: fc.array(piece, { maxLength: 40 }) })
  const cuts = fc.record({
    windowBytes: fc.integer({ min: 1, max: 40 }),
    chunkBytes: fc.integer({ min: 1, max: 40 }),
  })
  const limits = fc.constantFrom(8, 17, 1000)
  const damaged = (pieces: string[], encoding: Encoding) =>
    isUtf16(encoding)
      ? bytesOf(pieces.join(''), encoding)
      : Buffer.concat(pieces.map((one) => bytesOf(one, encoding)))

  test(
    'give the same records in windows and chunks of any size',
    async () => {
      await fc.assert(
        fc.asyncProperty(sources, cuts, limits, async ({ wanted, pieces }, cut, maxRecordBytes) => {
          const bytes = damaged(pieces, wanted.encoding)
          const options = { ...wanted, maxRecordBytes, columns: 2 }
          const whole = await recordsOf(bytes, options)
          expect(await recordsOf(bytes, { ...options, ...cut })).toEqual(whole)
        }),
        { numRuns: rounds(1500, 50_000) },
      )
    },
    20 * 60_000,
  )

  test(
    'give the same rest from any record on',
    async () => {
      await fc.assert(
        fc.asyncProperty(sources, limits, async ({ wanted, pieces }, maxRecordBytes) => {
          const bytes = damaged(pieces, wanted.encoding)
          const options = { ...wanted, maxRecordBytes }
          const records = await recordsOf(bytes, options)
          for (const [index, { offset, line, record }] of records.entries()) {
            const rest = await recordsOf(bytes.subarray(offset), {
              ...options,
              offset,
              line,
              record: record - 1,
            })
            expect(rest).toEqual(records.slice(index))
          }
        }),
        { numRuns: rounds(500, 20_000) },
      )
    },
    20 * 60_000,
  )
})
