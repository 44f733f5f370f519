import fc from 'fast-check'
import { USUAL_DIALECT } from '../../../src/pipeline/formats/delimited/dialect/dialect.ts'
import { quotedIn } from '../../../src/pipeline/formats/delimited/dialect/quoted-in.ts'

const LETTERS = [...'aeioubcdfghñé'] as const
const NAME_REST = [...'aáeüñ0123 _.#'] as const

/** No two are equal, and none looks like a value. */
const names = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(...LETTERS), fc.array(fc.constantFrom(...NAME_REST), { maxLength: 6 }))
    .map(([first, rest]) => (first + rest.join('')).trim()),
  { minLength: 1, maxLength: 7, selector: (name) => name.toLowerCase() },
)

const two = (n: number) => String(n).padStart(2, '0')
const day = fc
  .tuple(
    fc.integer({ min: 1900, max: 2100 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, date]) => `${year}-${two(month)}-${two(date)}`)
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}:00`)
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('"', ',', '\n', ' ', '\r\n', ';'),
    ),
    {
      maxLength: 3,
    },
  )
  .map((parts) => `t${parts.join('')}`.replaceAll('\0', ''))

const VALUES = [
  fc.integer().map(String),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 9 }))
    .map(([a, b]) => `${a}.${b}`),
  fc.boolean().map(String),
  day,
  fc.tuple(day, time).map((parts) => parts.join(' ')),
  time,
  text,
  text,
] as const

/** A clean file: names and records of one width, of which none is blank; and how it is written. */
export const cleanFile = names.chain((header) =>
  fc
    .tuple(...header.map(() => fc.nat({ max: VALUES.length - 1 })))
    .chain((kinds) =>
      fc.array(
        fc.tuple(
          ...kinds.map((kind, at) =>
            fc.option(VALUES[kind] ?? text, { nil: '', freq: at === 0 ? 1_000_000 : 6 }),
          ),
        ),
        { maxLength: 12 },
      ),
    )
    .map((rows) => ({ header, rows: rows.filter(([first]) => first !== '') })),
)

/** How a clean file is written. */
export type Manner = { delimiter: string; lineEnd: string; quotesAll: boolean; quote: string }

const USUAL_MANNER: Manner = { delimiter: ',', lineEnd: '\n', quotesAll: false, quote: '"' }

export function textOf(rows: string[][], manner: Partial<Manner> = {}): string {
  const { delimiter, lineEnd, quotesAll, quote } = { ...USUAL_MANNER, ...manner }
  const dialect = { ...USUAL_DIALECT, delimiter, quote }
  const written = (value: string) => {
    const text = quotedIn(value, dialect)
    return quotesAll && text === value ? quote + text + quote : text
  }
  return rows.map((row) => row.map(written).join(delimiter) + lineEnd).join('')
}
