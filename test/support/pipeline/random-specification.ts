import fc from 'fast-check'
import {
  CURRENCY_PLACES,
  OTHERWISE,
} from '../../../src/domain/specification/fields/value-format.ts'
import { STAMPS } from '../../../src/domain/specification/fields/value-source.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((one) => one.replaceAll('\0', ''))
const filled = text.map((one) => `x${one}`)
const policy = fc.constantFrom('warn', 'reject', 'stop')

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
    kind: fc.constant('pad'),
    length: fc.integer({ min: 1, max: 1_000 }),
    side: fc.constantFrom('start', 'end'),
    with: fc.constantFrom('0', ' ', '😀'),
  }),
  fc.record({ kind: fc.constant('split'), separator: filled, part: fc.constantFrom(-2, 1, 7) }),
)

const format = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('date'),
    order: fc.constantFrom('dmy', 'mdy', 'ymd'),
    pivot: fc.integer({ min: 1000, max: 9900 }),
  }),
  fc.record({
    kind: fc.constant('date_pattern'),
    pattern: fc.constantFrom('yyyyMMdd', "d 'o''' M yy"),
  }),
  fc.record({ kind: fc.constant('epoch'), unit: fc.constantFrom('seconds', 'milliseconds') }),
  fc.record({
    kind: fc.constant('number'),
    decimal: fc.constant(','),
    grouping: fc.constantFrom('', '.', ' '),
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
  fc.record({ kind: fc.constant('range'), least: filled, policy }),
  fc.record({ kind: fc.constant('one_of'), values: fc.array(filled, { minLength: 1 }), policy }),
  fc.record({ kind: fc.constant('exists'), table: fc.constant('city'), column: filled, policy }),
)

/** The options of a field, as somebody may write them. */
export const randomFieldOptions = fc.record(
  {
    from,
    transforms: fc.array(transform, { maxLength: 4 }),
    format,
    checks: fc.array(check, { maxLength: 3 }),
    emptyOverwrites: fc.boolean(),
    onError: policy,
    sensitive: fc.boolean(),
  },
  { requiredKeys: [] },
)

const condition = fc.record({
  kind: fc.constant('condition'),
  column: filled,
  operator: fc.constantFrom('is', 'contains', 'less', 'is_empty'),
  value: text,
})

/** Further files of an import, none of which is named twice. */
const morePaths = fc.uniqueArray(
  filled.map((one) => `/data/${one}`),
  { maxLength: 4 },
)

/** The parts of an import's specification besides its first file and its table. */
export const randomParts = fc.record(
  {
    morePaths,
    key: fc.uniqueArray(filled, { minLength: 1, maxLength: 3 }),
    map: fc.dictionary(filled, filled),
    fields: fc.dictionary(filled, randomFieldOptions),
    filter: fc.record({
      kind: fc.constantFrom('all', 'any'),
      of: fc.array(condition, { maxLength: 3 }),
    }),
    firstRecord: fc.integer({ min: 1, max: 9 }),
    lastRecord: fc.integer({ min: 9, max: 99 }),
    nulls: fc.array(filled),
    maxRejects: fc.option(fc.nat()),
    trace: fc.boolean(),
  },
  { requiredKeys: [] },
)
