import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueFormat } from '../../../../src/domain/specification/fields/value-format.ts'
import { codecOf } from '../../../../src/pipeline/values/formats/codec-of.ts'

const digits = fc.stringMatching(/^\d{1,5}$/)
const month = fc.constantFrom('ene', 'Dic', 'MARZO', 'mayo.', 'Sept', 'abc', '12', '13', '1e1')
const mark = fc.constantFrom('/', '/', '/', '/', '-', '.', ' ', ',', '', ':')
const two = fc
  .oneof(fc.integer({ min: 1, max: 12 }), fc.nat(31), fc.nat(99))
  .map((number) => String(number).padStart(2, '0'))
const year = fc.constantFrom('2024', '0001', '0000', '9999', '99')
const grouped = fc
  .array(fc.stringMatching(/^\d{1,3}$/), { minLength: 1, maxLength: 4 })
  .map((groups) => groups.join('.'))
const pieces = <Type>(...all: fc.Arbitrary<Type>[]) => fc.tuple(...all).map((one) => one.join(''))

const dates = fc.oneof(
  pieces(two, mark, two, mark, year),
  pieces(year, mark, two, mark, two),
  pieces(fc.oneof(two, digits), mark, month, mark, year),
  pieces(year, two, two),
  pieces(year, two, two, two, two, two, fc.constantFrom('', '.250', '.25x')),
)
const amounts = pieces(
  fc.constantFrom('', '-', '+', '€'),
  fc.oneof(grouped, digits, fc.constant('')),
  fc.constantFrom('', ',', ',25', ',2.5', ',00'),
  fc.constantFrom('', '€', ' €', '\u00a0€', '%', ' %', '-'),
)
const seconds = pieces(
  fc.constantFrom('', '-', '+'),
  fc.stringMatching(/^\d{1,16}$/),
  fc.constantFrom('', '.5', '.', 'x'),
)

const spanish = { kind: 'number', decimal: ',', grouping: '.' }

// With a blank before it, a text goes the way of the rare ones, by a regular expression.
test.each([
  [{ kind: 'date', order: 'dmy' }, dates],
  [{ kind: 'date', order: 'mdy' }, dates],
  [{ kind: 'date', order: 'ymd' }, dates],
  [{ kind: 'date_pattern', pattern: 'yyyyMMdd' }, dates],
  [{ kind: 'date_pattern', pattern: 'dd/MM/yyyy' }, dates],
  [{ kind: 'date_pattern', pattern: 'yyyyMMddHHmmss' }, dates],
  [{ kind: 'date_pattern', pattern: 'yyyyMMddHHmmss.SSS' }, dates],
  [spanish, amounts],
  [{ ...spanish, currency: '€' }, amounts],
  [{ ...spanish, percent: true }, amounts],
  [{ ...spanish, percent: true, currency: '€' }, amounts],
  [{ kind: 'epoch' }, seconds],
  [{ kind: 'excel_date' }, seconds],
] as const)('%j reads the usual texts as it reads the rare ones', (format, texts) => {
  const parsed = valueFormat.parse(format)
  if (parsed === null) throw new Error('no format')
  const { read } = codecOf(parsed, 'any')
  let fits = 0
  fc.assert(
    fc.property(texts, (text) => {
      const found = read(text)
      if (found !== undefined) fits++
      expect(found).toBe(read(` ${text}`))
    }),
    { numRuns: 5_000 },
  )
  expect(fits).toBeGreaterThan(30)
})
