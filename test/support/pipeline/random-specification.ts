import fc from 'fast-check'
import { FILTER_OPERATORS } from '../../../src/domain/specification/record-filter.ts'
import { DIRECTIONS, ROW_OPERATORS } from '../../../src/domain/specification/row-selection.ts'
import {
  DOUBLES,
  DUPLICATES,
  MADE_TYPES,
  OPERATIONS,
} from '../../../src/domain/specification/specification.ts'
import { filled, randomFieldOptions, randomFormat, text } from './random-fields.ts'

const names = fc.uniqueArray(filled, { maxLength: 3 })
const optional = { requiredKeys: [] }
const kind = fc.constantFrom('all', 'any')

/** Groups of conditions in groups. */
function groupOf<Condition>(condition: fc.Arbitrary<Condition>) {
  const inner = fc.record({ kind, of: fc.array(condition, { maxLength: 2 }) })
  return fc.record({ kind, of: fc.array(fc.oneof(condition, inner), { maxLength: 3 }) })
}

const recordCondition = fc.record({
  kind: fc.constant('condition'),
  column: filled,
  operator: fc.constantFrom(...FILTER_OPERATORS),
  // Also a pattern.
  value: fc.constantFrom('x', '12,5', '[a-z]+', 'ñ'),
})

const rowCondition = fc.record({
  kind: fc.constant('condition'),
  field: filled,
  operator: fc.constantFrom(...ROW_OPERATORS),
  value: filled,
})

/** Further files of an import, none of which is named twice. */
const morePaths = fc.uniqueArray(
  filled.map((one) => `/data/${one}`),
  { maxLength: 4 },
)

/** What a key is for goes with it. */
const keyed = fc.oneof(
  fc.record({
    operation: fc.constant('insert' as const),
    duplicates: fc.constantFrom(...DUPLICATES),
  }),
  fc.record(
    {
      key: fc.uniqueArray(filled, { minLength: 1, maxLength: 3 }),
      secondKey: names,
      operation: fc.constantFrom(...OPERATIONS),
      doubles: fc.constantFrom(...DOUBLES),
      duplicates: fc.constantFrom(...DUPLICATES),
    },
    { requiredKeys: ['key'] },
  ),
)

/** The names of columns come from one place. */
const head = fc.oneof(
  fc.record({ headerLines: fc.option(fc.integer({ min: 1, max: 20 })) }, optional),
  fc.record({ header: fc.constant(false), columns: names }, optional),
)

/** No two marks are alike. */
const dialect = fc.record(
  {
    format: fc.constant('delimited' as const),
    delimiter: fc.constantFrom(null, ',', ';', '\t', '||', '→'),
    quote: fc.constantFrom(null, '', '"', "'"),
    escape: fc.constantFrom(null, '', '\\'),
    recordEnd: fc.constantFrom(null, '\n', '\r\n', '~~'),
    comment: fc.constantFrom(null, '#', '//'),
    trim: fc.boolean(),
    mergeDelimiters: fc.boolean(),
    multiline: fc.boolean(),
    missingColumns: fc.constantFrom('reject', 'empty'),
    surplusColumns: fc.constantFrom('reject', 'ignore'),
  },
  optional,
)
const reading = fc.oneof(dialect, fc.constantFrom({}, { format: 'json_lines' as const }))

const parts = fc.record(
  {
    morePaths,
    create: fc.boolean(),
    types: fc.dictionary(filled, fc.constantFrom(...MADE_TYPES)),
    map: fc.dictionary(filled, filled),
    leaveOut: names,
    sensitiveColumns: names,
    fields: fc.dictionary(filled, randomFieldOptions),
    filter: fc.option(groupOf(recordCondition)),
    firstRecord: fc.integer({ min: 1, max: 9 }),
    lastRecord: fc.integer({ min: 9, max: 99 }),
    encoding: fc.constantFrom(null, 'utf-8', 'windows-1252', 'shift_jis'),
    skip: fc.option(fc.nat({ max: 9 })),
    skipLast: fc.nat({ max: 9 }),
    nulls: fc.array(filled),
    stopIfAllRejected: fc.boolean(),
    maxRejects: fc.option(fc.nat()),
    trace: fc.boolean(),
    dryRun: fc.boolean(),
  },
  optional,
)

/** The parts of an import's specification besides its first file and its table. */
export const randomParts = fc
  .tuple(parts, keyed, head, reading)
  .map(([one, key, columns, how]) => ({ ...one, ...key, ...columns, ...how }))

const writing = fc.record(
  {
    format: fc.constant('delimited' as const),
    delimiter: fc.constantFrom(',', ';', '\t', '||'),
    bom: fc.boolean(),
    lineEnd: fc.constantFrom('lf', 'crlf'),
    quoteAll: fc.boolean(),
    nullText: fc.constantFrom(null, '', 'NULL', 'n/a'),
    safeCells: fc.boolean(),
  },
  optional,
)

/** Of what changed all is written. */
const howMany = fc.oneof(
  fc.record({ mostRows: fc.option(fc.integer({ min: 1 })) }, optional),
  fc.record({ differential: filled }),
)

/** The parts of an export's specification besides its file and its table. */
export const randomExportParts = fc
  .tuple(
    fc.record(
      {
        columns: names,
        fields: fc.dictionary(filled, fc.record({ format: randomFormat }, optional)),
        filter: fc.option(groupOf(rowCondition)),
        order: fc.array(fc.record({ field: filled, direction: fc.constantFrom(...DIRECTIONS) }), {
          maxLength: 3,
        }),
        names: fc.dictionary(
          filled,
          text.map((one) => `${one}x`),
        ),
        encoding: fc.constantFrom('utf-8', 'windows-1252'),
        header: fc.boolean(),
        gzip: fc.boolean(),
        replace: fc.boolean(),
      },
      optional,
    ),
    fc.oneof(writing, fc.constantFrom({}, { format: 'json_lines' as const })),
    howMany,
  )
  .map(([one, how, rows]) => ({ ...one, ...how, ...rows }))
