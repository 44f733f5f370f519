import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyBytes } from '../../../src/db/postgres/statements/copy-bytes.ts'

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const columns = [{ type: 'text' }, { type: 'bytea' }, { type: 'int8' }, { type: 'text' }]

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', 'a', 'é', '€', '😀') }),
)
const value = fc.oneof(text, fc.constantFrom(null, undefined))
const bytes = fc.option(fc.uint8Array().map((array) => Buffer.from(array)))
const row = fc.tuple(value, bytes, fc.option(fc.bigInt()), value)

/** As the documentation of COPY has it, value by value. */
function expected(rows: (string | Buffer | bigint | null | undefined)[][]): Buffer {
  const lines = rows.map((values) => values.map(cellOf).join('\t'))
  return Buffer.from(lines.map((line) => `${line}\n`).join(''))
}

function cellOf(value: string | Buffer | bigint | null | undefined): string {
  if (value === null || value === undefined) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return String(value).replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? '')
}

test('rows are written for COPY with what has a meaning there escaped, as UTF-8', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      expect(copyBytes({ fields: columns }, rows, [0, 1, 2, 3])).toEqual(expected(rows))
    }),
    { numRuns: 2_000 },
  )
})

test('a text that is longer than the room that is kept is whole, and the next rows too', () => {
  const rows = [['a\tb'.repeat(700_000)], ['€\n'.repeat(900_000)], ['c'], [null]]
  const at = { fields: [{ type: 'text' }] }
  expect(copyBytes(at, rows, [0]).equals(expected(rows))).toBe(true)
  expect(copyBytes(at, [['d']], [0])).toEqual(Buffer.from('d\n'))
})
