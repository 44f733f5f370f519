import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Conversion, ColumnInfo, ColumnType } from '../../../src/domain/records/table.ts'
import { Altered } from '../../../src/pipeline/values/altered.ts'
import { castFor, castError } from '../../../src/pipeline/values/cast.ts'
import { areNext, expansionOf } from '../../support/pipeline/exact-decimal.ts'

function cast(type: ColumnType, text: string, conversion: Conversion = 'numeric') {
  return castFor({ ...COLUMN, type, conversion })?.(text)
}

/** What is stored, and after ~ where it is told that this is not what was given. */
function stored(type: ColumnType, text: string, conversion: Conversion = 'numeric') {
  const value = cast(type, text, conversion)
  return value instanceof Altered ? `~${value.message.params['stored']}` : value
}

const COLUMN: ColumnInfo = {
  name: 'amount',
  declared: '',
  type: 'number',
  conversion: 'numeric',
  nullable: true,
  defaultSql: null,
  maxLength: null,
  generated: false,
}

const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength })

describe('a number', () => {
  test('is the double nearest to its text, or the whole number that it is', () => {
    const number = fc
      .tuple(digits(18), fc.constantFrom('', '.'), digits(18))
      .map((all) => all.join(''))
    fc.assert(
      fc.property(number, (text) => {
        const value = cast('number', text)
        if (!/\d/.test(text)) expect(value).toBeUndefined()
        else expect(Number(value instanceof Altered ? value.stored : value)).toBe(Number(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('is told where the digits of the double are not those of the text', () => {
    const exponent = fc.oneof(
      fc.constant(''),
      fc.integer({ min: -330, max: 300 }).map((power) => `e${power}`),
    )
    const text = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        digits(20),
        fc.constantFrom('.', ''),
        digits(20),
        exponent,
      )
      .map((parts) => parts.join(''))
      .filter((all) => /\d.*?(e|$)/.test(all) && /^[+-]?\.?\d/.test(all))
    const double = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .chain((number) => fc.integer({ min: 1, max: 30 }).map((n) => number.toPrecision(n)))
    fc.assert(
      fc.property(
        fc.oneof(text, double),
        fc.constantFrom('real', 'numeric'),
        (given, conversion) => {
          const value = cast('number', given, conversion)
          fc.pre(value !== undefined)
          const whole = /^[+-]?\d+$/.test(given) ? BigInt(given.replace('+', '')) : undefined
          const isInteger = whole !== undefined && BigInt.asIntN(64, whole) === whole
          const [digits, kept] = [expansionOf(given), expansionOf(Number(given), given)]
          const isExact = (conversion === 'numeric' && isInteger) || digits === kept
          if (!isExact && areNext(digits, kept)) return
          expect(value instanceof Altered).toBe(!isExact)
        },
      ),
      { numRuns: 5_000 },
    )
  })

  test.each<[string, unknown, unknown]>([
    ['0.1', 0.1, 0.1],
    ['0.10000000000000001', 0.1, 0.1],
    ['0.30000000000000004', 0.1 + 0.2, 0.1 + 0.2],
    ['0.1000000000000000055511151231257827', 0.1, 0.1],
    ['0.5000000000000000000000', 0.5, 0.5],
    ['12345678901234.567', '~12345678901234.566', '~12345678901234.566'],
    ['9007199254740993', 9007199254740993n, '~9007199254740992'],
    ['9007199254740993.0', '~9007199254740992', '~9007199254740992'],
    ['9223372036854775808', 2 ** 63, 2 ** 63],
    ['9223372036854775809', '~9223372036854775808', '~9223372036854775808'],
    ['1e400', undefined, undefined],
    ['1e-400', '~0', '~0'],
    ['0e-400', 0, 0],
    ['-0.00', -0, -0],
    ['Inf', Infinity, Infinity],
    ['-Inf', -Infinity, -Infinity],
    ['Infinity', Infinity, Infinity],
  ])('%s is kept as it is, or told', (text, numeric, real) => {
    expect(stored('number', text)).toEqual(numeric)
    expect(stored('number', text, 'real')).toEqual(real)
  })

  test.each(['.', '1.2.3', '1..2', '1,5', '0x10', '1e', '--1', ' ', 'Info', 'NaN'])(
    '%j is none',
    (text) => {
      expect(cast('number', text)).toBeUndefined()
    },
  )

  test('of very many digits is told in no time', () => {
    const zeros = `1${'0'.repeat(1_000_000)}1`
    expect(stored('number', `0.${zeros}`)).toBe('~0.1')
    expect(cast('number', `${zeros}x`)).toBeUndefined()
    expect(cast('integer', zeros)).toBeUndefined()
  })
})

test.each<[string, unknown]>([
  ['5.0', 5],
  ['5.00', 5],
  ['-5.0', -5],
  [' 5.0 ', 5],
  ['9223372036854775807.0', 9223372036854775807n],
  ['0000000000000000000000005', 5n],
  ['5.5', undefined],
  ['5.0.0', undefined],
  ['.0', undefined],
  ['1e3', undefined],
])('%s in a column of whole numbers', (text, value) => {
  expect(cast('integer', text)).toBe(value)
})

test.each<[string, unknown]>([
  ['2024-01-05', '2024-01-05'],
  ['2024-01-05 00:00:00', '2024-01-05'],
  ['2024-01-05T00:00:00', '2024-01-05'],
  ['2024-01-05 00:00:00.000', '2024-01-05'],
  ['2024-01-05T00:00:00Z', '2024-01-05'],
  ['2024-01-05 00:00', '2024-01-05'],
  ['2024-01-05 00:00:01', undefined],
  ['2024-01-05 00:00:00.001', undefined],
  ['2024-01-05T00:00:00+02:00', undefined],
  ['2024-02-30 00:00:00', undefined],
  ['31/12/2024', undefined],
  ['2024-02-29', '2024-02-29'],
  ['2000-02-29', '2000-02-29'],
  ['2023-02-29', undefined],
  ['1900-02-29', undefined],
  ['2024-12-31', '2024-12-31'],
  ['2024-04-31', undefined],
  ['2024-13-01', undefined],
  ['2024-00-01', undefined],
  ['2024-01-00', undefined],
  ['2024-1-005', undefined],
  ['2024/01/05', undefined],
])('%s in a column of dates', (text, value) => {
  expect(cast('date', text)).toBe(value)
})

test.each<[string, unknown]>([
  ['170444880', 170444880n],
  ['1704448800', 1704448800n],
  ['-1704448800', -1704448800n],
  ['170444880000', 170444880000n],
  ['1704448800000', 1704448800000n],
  ['170444880000000', 170444880000000n],
  ['1704448800000000', 1704448800000000n],
  ['20240105', undefined],
  ['20240105123456', undefined],
  ['17044488000', undefined],
  ['0704448800', undefined],
  ['1704448800.5', undefined],
])('%s in a column of dates or times is a time since 1970, or none', (text, value) => {
  expect(cast('date', text)).toBe(value)
  expect(cast('datetime', text)).toBe(value)
})

test('a value as long as a record can be is taken, or told to be too long', () => {
  const bytes = 'f0'.repeat(8 * 1024 * 1024)
  expect(cast('blob', bytes)).toBe(bytes)
  expect(cast('blob', `${bytes}g`)).toBeUndefined()
  const faces = '😀'.repeat(8 * 1024 * 1024)
  const misfitted = castError({ ...COLUMN, type: 'text', maxLength: 10 }, faces, faces)
  const params = { limit: 10, length: 8 * 1024 * 1024, value: `${'😀'.repeat(49)}…` }
  expect(misfitted).toEqual({ code: 'TLY-3010', params })
})

test('bytes are taken with the sign of PostgreSQL before them', () => {
  expect(cast('blob', ' \\xDEADbeef ')).toBe('deadbeef')
  expect(cast('blob', '\\xabc')).toBeUndefined()
  expect(cast('blob', '\\x')).toBe('')
  expect(cast('blob', '\u00a0')).toBeUndefined()
})

test('of a whole number beyond those of its column, their range is told', () => {
  const told = (column: Partial<ColumnInfo>, text: string) =>
    castError({ ...COLUMN, type: 'integer', conversion: 'integer', ...column }, text, undefined)
  const all = { least: '-9223372036854775808', most: '9223372036854775807' }
  expect(told({}, ' +9223372036854775808.00')?.params).toMatchObject(all)
  const range = { least: '-32768', most: '32767' }
  expect(told({ range }, '99999999999999999999')?.params).toMatchObject(range)
  for (const text of ['1.5', '12x', '']) expect(told({}, text)?.params).not.toHaveProperty('least')
})
