import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueFormat } from '../../../../src/domain/specification/fields/value-format.ts'
import { codecOf } from '../../../../src/pipeline/values/formats/codec-of.ts'
import type { ColumnType } from '../../../../src/domain/records/table.ts'

function codecFor(format: unknown, type: ColumnType) {
  const parsed = valueFormat.parse(format)
  if (parsed === null) throw new Error('no format')
  return codecOf(parsed, type)
}

/** A value that is written and read again is the same; it is always written if `always`. */
function comesBack(format: unknown, text: string, type: ColumnType = 'any', always = true): void {
  const codec = codecFor(format, type)
  const written = codec.write(text)
  if (always) expect(written).toBeDefined()
  if (written !== undefined) expect(codec.read(written)).toBe(text)
}

const pad = (number: number, length: number) => String(number).padStart(length, '0')
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const fraction = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^\d{0,8}[1-9]$/).map((digits) => `.${digits}`),
)
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map(([hour, minute, second]) => ` ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`)
const zone = fc.constantFrom('', 'Z', '+02:00', '-05:30')
const moment = fc.tuple(day, clock, fraction, zone).map((parts) => parts.join(''))
const language = fc.constantFrom('en', 'es')

test('a date in any order of its parts, with and without a time', () => {
  const format = fc.record({
    kind: fc.constant('date'),
    order: fc.constantFrom('dmy', 'mdy', 'ymd'),
    separator: fc.constantFrom('/', '.', '-', ' '),
    month: fc.constantFrom('number', 'short', 'long'),
    language,
  })
  fc.assert(
    fc.property(format, fc.oneof(day, moment), (format, text) => comesBack(format, text)),
    { numRuns: 2_000 },
  )
})

test('a year of two digits, within the hundred years that they can mean', () => {
  const pivot = fc.integer({ min: 1000, max: 9900 })
  fc.assert(
    fc.property(pivot, fc.nat(99), day, (pivot, years, day) => {
      const text = `${pivot + years}${day.slice(4)}`
      fc.pre(!text.endsWith('02-29'))
      comesBack({ kind: 'date', order: 'dmy', year: 'two', pivot }, text)
      comesBack({ kind: 'date_pattern', pattern: 'yyMMdd', pivot }, text)
    }),
  )
  comesBack({ kind: 'date', order: 'dmy', year: 'two' }, '1949-12-31', 'any', false)
  const codec = codecFor({ kind: 'date', order: 'dmy', year: 'two' }, 'date')
  expect([codec.read('31/12/49'), codec.read('31/12/50')]).toEqual(['2049-12-31', '1950-12-31'])
  expect(codec.write('1949-12-31')).toBeUndefined()
})

test('a date in a pattern', () => {
  const pattern = fc.constantFrom(
    'dd/MM/yyyy',
    'd.M.yyyy',
    'yyyyMMdd',
    "d 'de' MMMM 'de' yyyy",
    'MMM d, yyyy',
  )
  fc.assert(
    fc.property(pattern, language, day, (pattern, language, text) =>
      comesBack({ kind: 'date_pattern', pattern, language }, text),
    ),
  )
})

test('a time in a pattern that has all of it', () => {
  const pattern = fc.constantFrom(
    'yyyy-MM-dd HH:mm:ss',
    'dd/MM/yyyy h:mm:ss a',
    'yyyyMMddHHmmss',
    "d MMM yyyy 'at' H:mm:ss",
  )
  const text = fc.tuple(day, clock).map((parts) => parts.join(''))
  fc.assert(
    fc.property(pattern, language, text, (pattern, language, text) =>
      comesBack({ kind: 'date_pattern', pattern, language }, text),
    ),
  )
})

test('seconds and milliseconds since 1970', () => {
  fc.assert(
    fc.property(day, clock, fraction, (day, clock, fraction) => {
      const text = `${day}${clock}${fraction}Z`
      comesBack({ kind: 'epoch', unit: 'seconds' }, text)
      comesBack({ kind: 'epoch', unit: 'milliseconds' }, text, 'any', fraction.length <= 4)
    }),
  )
})

test('the serial numbers of spreadsheets, to the millisecond', () => {
  const millis = fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^\d{0,2}[1-9]$/).map((digits) => `.${digits}`),
  )
  fc.assert(
    fc.property(
      day.filter((text) => text >= '1904-01-01'),
      fc.oneof(
        fc.constant(''),
        fc.tuple(clock, millis).map((parts) => parts.join('')),
      ),
      fc.constantFrom('1900', '1904'),
      (day, time, epoch) => comesBack({ kind: 'excel_date', epoch }, `${day}${time}`),
    ),
  )
})

const decimals = fc.oneof(fc.constant(''), fc.stringMatching(/^\d{0,20}[1-9]$/))
const number = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^(0|[1-9]\d{0,30})$/), decimals)
  .map(([sign, whole, decimals]) => `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`)

test('a number with any decimal sign, grouping, currency and percent sign', () => {
  const format = fc
    .record({
      kind: fc.constant('number'),
      decimal: fc.constantFrom('.', ','),
      grouping: fc.constantFrom('', '.', ',', ' ', "'"),
      currency: fc.constantFrom('', '€', 'USD', 'R$', 'kr'),
      currencyPlace: fc.constantFrom('before', 'after'),
      percent: fc.boolean(),
    })
    .filter(({ decimal, grouping }) => decimal !== grouping)
  fc.assert(
    fc.property(format, number, (format, text) => comesBack(format, text)),
    { numRuns: 2_000 },
  )
})

test('a boolean in words, in a column of any type', () => {
  const words = fc.uniqueArray(fc.stringMatching(/^[a-zñé]{1,6}$/), {
    minLength: 2,
    maxLength: 8,
  })
  fc.assert(
    fc.property(words, fc.boolean(), (words, value) => {
      const at = Math.ceil(words.length / 2)
      const format = { kind: 'boolean', true: words.slice(0, at), false: words.slice(at) }
      comesBack(format, String(value), 'boolean')
      comesBack(format, value ? '1' : '0', 'integer')
    }),
  )
})

test('a value of a closed list, or one that is kept', () => {
  const pairs = fc.uniqueArray(fc.record({ written: fc.string(), value: fc.string() }), {
    selector: ({ written }) => written.replaceAll('\0', ''),
    maxLength: 8,
  })
  fc.assert(
    fc.property(pairs, fc.string(), (pairs, other) => {
      const clean = (text: string) => text.replaceAll('\0', '')
      const values = pairs.map(({ written, value }) => ({
        written: clean(written),
        value: clean(value),
      }))
      for (const { value } of values) comesBack({ kind: 'enumeration', values }, value)
      const isPlain = !values.some(({ written }) => written.trim() === other.trim())
      if (isPlain) {
        comesBack({ kind: 'enumeration', values, otherwise: 'keep' }, clean(other), 'any', false)
      }
    }),
  )
})
