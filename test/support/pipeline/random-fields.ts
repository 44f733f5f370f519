import fc from 'fast-check'
import {
  DATE_ORDERS,
  DATE_SEPARATORS,
  EPOCH_UNITS,
  EXCEL_EPOCHS,
  MONTHS,
  MONTH_LANGUAGES,
  YEARS,
} from '../../../src/domain/specification/fields/date-formats.ts'
import { UNICODE_FORMS } from '../../../src/domain/specification/fields/transforms.ts'
import {
  CURRENCY_PLACES,
  OTHERWISE,
} from '../../../src/domain/specification/fields/value-format.ts'
import { STAMPS } from '../../../src/domain/specification/fields/value-source.ts'

export const text = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .map((one) => one.replaceAll('\0', ''))
export const filled = text.map((one) => `x${one}`)
const policy = fc.constantFrom('warn', 'reject', 'stop')
const pivot = fc.integer({ min: 1000, max: 9900 })

const from = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('fixed'), text }),
  fc.record({ kind: fc.constant('template'), text: fc.constantFrom('{a} {b}', '{{{a}}}') }),
  fc.record({ kind: fc.constant('stamp'), of: fc.constantFrom(...STAMPS) }),
  fc.record({ kind: fc.constant('expression'), source: filled }),
)

const transform = fc.oneof(
  fc.record({ kind: fc.constantFrom('trim', 'collapse') }),
  fc.record({
    kind: fc.constantFrom('upper', 'lower', 'capitalise'),
    locale: fc.constantFrom('', 'tr', 'es-ES'),
  }),
  fc.record({ kind: fc.constant('replace'), from: filled, to: text }),
  fc.record({
    kind: fc.constant('replace'),
    from: fc.constantFrom('(a+)(b?)', '\\d', '^.'),
    to: fc.constantFrom('', '$$', 'x'),
    pattern: fc.constant(true),
  }),
  fc.record({
    kind: fc.constant('unicode'),
    form: fc.constantFrom(...UNICODE_FORMS),
  }),
  fc.record({
    kind: fc.constant('pad'),
    length: fc.integer({ min: 1, max: 1_000 }),
    side: fc.constantFrom('start', 'end'),
    with: fc.constantFrom('0', ' ', '😀'),
  }),
  fc.record({ kind: fc.constant('split'), separator: filled, part: fc.constantFrom(-2, 1, 7) }),
)

export const randomFormat = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('date'),
    order: fc.constantFrom(...DATE_ORDERS),
    separator: fc.constantFrom(...DATE_SEPARATORS),
    month: fc.constantFrom(...MONTHS),
    language: fc.constantFrom(...MONTH_LANGUAGES),
    year: fc.constantFrom(...YEARS),
    pivot,
  }),
  fc.record({
    kind: fc.constant('date_pattern'),
    pattern: fc.constantFrom('yyyyMMdd', "d 'o''' M yy"),
    language: fc.constantFrom(...MONTH_LANGUAGES),
    pivot,
  }),
  fc.record({ kind: fc.constant('epoch'), unit: fc.constantFrom(...EPOCH_UNITS) }),
  fc.record({ kind: fc.constant('excel_date'), epoch: fc.constantFrom(...EXCEL_EPOCHS) }),
  fc.record({
    kind: fc.constant('number'),
    decimal: fc.constant(','),
    grouping: fc.constantFrom('', '.', ' ', "'"),
    currency: fc.constantFrom('', '€', 'USD'),
    percent: fc.boolean(),
    currencyPlace: fc.constantFrom(...CURRENCY_PLACES),
  }),
  fc.record({
    kind: fc.constant('boolean'),
    true: fc.constant(['sí']),
    false: fc.constant(['no']),
  }),
  fc.record({
    kind: fc.constant('enumeration'),
    values: fc.uniqueArray(fc.record({ written: text, value: text }), {
      selector: ({ written }) => written,
      maxLength: 4,
    }),
    otherwise: fc.constantFrom(...OTHERWISE),
    fixed: text,
  }),
)

const check = fc.oneof(
  fc.record({ kind: fc.constant('required'), policy }),
  fc.record({ kind: fc.constant('pattern'), pattern: fc.constantFrom('[a-z]+', '\\d{4}'), policy }),
  fc.record({ kind: fc.constant('range'), least: filled, most: fc.option(filled), policy }),
  fc.record({ kind: fc.constant('one_of'), values: fc.array(filled, { minLength: 1 }), policy }),
  fc.record({ kind: fc.constant('exists'), table: fc.constant('city'), column: filled, policy }),
)

/** The options of a field, as somebody may write them. */
export const randomFieldOptions = fc.record(
  {
    from,
    transforms: fc.array(transform, { maxLength: 4 }),
    format: randomFormat,
    checks: fc.array(check, { maxLength: 3 }),
    emptyOverwrites: fc.boolean(),
    onlyIfEmpty: fc.boolean(),
    onlyOnInsert: fc.boolean(),
    onError: policy,
    sensitive: fc.boolean(),
  },
  { requiredKeys: [] },
)
