import { expect, test } from 'vitest'
import { InvalidInputError } from '../../../src/domain/words/errors.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { importSpecification } from '../../../src/domain/specification/specification.ts'

const FILE = { path: '/data/people.csv', table: 'person' }

function faultOf(given: Record<string, unknown>) {
  try {
    parseImportSpecification({ ...FILE, ...given })
  } catch (error) {
    if (error instanceof InvalidInputError) return { ...error.problem, at: error.at?.join('.') }
    throw error
  }
  return undefined
}

const field = (options: Record<string, unknown>) => faultOf({ fields: { a: options } })
const transform = (one: Record<string, unknown>) => field({ transforms: [one] })
const format = (one: Record<string, unknown>) => field({ format: one })
const check = (one: Record<string, unknown>) => field({ checks: [one] })

test('a specification that was stored before it had these parts is read as before', () => {
  const stored = {
    ...FILE,
    operation: 'insert',
    duplicates: 'reject',
    fields: {
      a: { emptyOverwrites: true, onlyIfEmpty: false, onlyOnInsert: false, onError: 'warn' },
    },
  }
  expect(importSpecification.parse(stored)).toMatchObject({
    fields: { a: { from: null, transforms: [], format: null, checks: [], sensitive: false } },
    filter: null,
    firstRecord: 1,
    lastRecord: null,
  })
})

test.each([
  { from: { kind: 'fixed', text: '' } },
  { from: { kind: 'template', text: '{first} {{x}} {last}' } },
  { from: { kind: 'stamp', of: 'operator' } },
  { from: { kind: 'expression', source: 'record.a + 1' } },
  { transforms: [{ kind: 'trim' }, { kind: 'collapse' }, { kind: 'upper', locale: 'tr' }] },
  { transforms: [{ kind: 'replace', from: '(\\d)-', to: '$1$$', pattern: true }] },
  { transforms: [{ kind: 'replace', from: '(', to: '$9' }] },
  { transforms: [{ kind: 'pad', length: 5, with: '0' }, { kind: 'unicode' }] },
  { transforms: [{ kind: 'split', separator: ',', part: -1 }] },
  { format: { kind: 'date', order: 'dmy' } },
  { format: { kind: 'date_pattern', pattern: "d 'de' MMMM yyyy, HH:mm:ss.SSS XXX" } },
  { format: { kind: 'date_pattern', pattern: 'yyyyMMdd' } },
  { format: { kind: 'date_pattern', pattern: "d/M/yy h:mm a 'o''clock'" } },
  { format: { kind: 'epoch' } },
  { format: { kind: 'excel_date', epoch: '1904' } },
  { format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' } },
  { format: { kind: 'boolean', true: ['sí', 's'], false: ['no'] } },
  { format: { kind: 'enumeration', values: [{ written: 'V', value: 'male' }] } },
  { checks: [{ kind: 'required' }, { kind: 'pattern', pattern: '[a-z]+', policy: 'warn' }] },
  {
    checks: [
      { kind: 'range', least: '1' },
      { kind: 'one_of', values: ['a'] },
    ],
  },
  { checks: [{ kind: 'exists', table: 'city', column: 'id', policy: 'stop' }], sensitive: true },
])('%j is taken', (options) => {
  expect(field(options)).toBeUndefined()
})

test.each([
  [{ kind: 'template', text: '{a' }, 'no_template', 'text'],
  [{ kind: 'template', text: 'a}' }, 'no_template', 'text'],
  [{ kind: 'template', text: '' }, 'empty_part', 'text'],
  [{ kind: 'fixed', text: 'a\0' }, 'nul_in_text', 'text'],
  [{ kind: 'fixed', text: '\ud800' }, 'half_character', 'text'],
  [{ kind: 'stamp', of: 'moon' }, 'no_choice', 'of'],
  [{ kind: 'expression', source: ' ' }, 'empty_part', 'source'],
  [{ kind: 'magic' }, 'no_choice', 'kind'],
  [{ kind: 'fixed', text: 'a', more: 1 }, 'unknown_part', 'more'],
])('a value from %j is refused', (from, problem, part) => {
  expect(field({ from })).toMatchObject({ problem, at: `fields.a.from.${part}` })
})

test.each([
  [{ kind: 'replace', from: '(', pattern: true }, 'no_pattern', 'from'],
  [{ kind: 'replace', from: '(?=a)', pattern: true }, 'no_pattern', 'from'],
  [{ kind: 'replace', from: '(a)', to: '$2', pattern: true }, 'no_group', 'to'],
  [{ kind: 'replace', from: 'a', to: '$', pattern: true }, 'no_group', 'to'],
  [{ kind: 'replace', from: '' }, 'empty_part', 'from'],
  [{ kind: 'upper', locale: 'no locale' }, 'no_locale', 'locale'],
  [{ kind: 'pad', length: 0 }, 'amount_too_small', 'length'],
  [{ kind: 'pad', length: 100_000 }, 'amount_too_large', 'length'],
  [{ kind: 'pad', length: 'five' }, 'no_amount', 'length'],
  [{ kind: 'pad', length: 5, with: 'ab' }, 'not_one_character', 'with'],
  [{ kind: 'split', separator: ',', part: 0 }, 'no_part', 'part'],
  [{ kind: 'unicode', form: 'NFX' }, 'no_choice', 'form'],
])('the transform %j is refused', (one, problem, part) => {
  expect(transform(one)).toMatchObject({ problem, at: `fields.a.transforms.0.${part}` })
})

test('more transforms than anybody needs are refused', () => {
  const transforms = Array.from({ length: 21 }, () => ({ kind: 'trim' }))
  expect(field({ transforms })).toMatchObject({ problem: 'too_many_parts', limit: 20 })
})

test.each([
  [{ kind: 'date', order: 'dym' }, 'no_choice', 'order'],
  [{ kind: 'date', order: 'dmy', pivot: 50 }, 'amount_too_small', 'pivot'],
  [{ kind: 'number', decimal: ',', grouping: ',' }, 'same_mark', 'grouping'],
  [{ kind: 'number', currency: '1' }, 'no_currency', 'currency'],
  [{ kind: 'boolean', true: ['Yes'], false: ['yes '] }, 'word_twice', 'false'],
  [{ kind: 'boolean', true: [], false: ['no'] }, 'empty_part', 'true'],
  [{ kind: 'enumeration', values: [1] }, 'no_object', 'values.0'],
  [
    {
      kind: 'enumeration',
      values: [
        { written: 'a', value: '1' },
        { written: 'a', value: '2' },
      ],
    },
    'value_twice',
    'values',
  ],
])('the format %j is refused', (one, problem, part) => {
  expect(format(one)).toMatchObject({ problem, at: `fields.a.format.${part}` })
})

test.each([
  'dd/MM',
  'dd/MM/yyyy yy',
  'dd/MM/yyyy q',
  "dd/MM/yyyy '",
  'dd/MM/yyyy hh:mm',
  'dMyyyy',
  'dd/MM/yyyy mm',
  'dd/MM/yyyy HH',
])('the pattern %s does not name a whole date, each part once', (pattern) => {
  expect(format({ kind: 'date_pattern', pattern })).toMatchObject({ problem: 'no_date_pattern' })
})

test.each([
  [{ kind: 'range' }, 'no_bound', ''],
  [{ kind: 'pattern', pattern: '[' }, 'no_pattern', '.pattern'],
  [{ kind: 'one_of', values: [] }, 'empty_part', '.values'],
  [{ kind: 'exists', table: 'tallyman_job', column: 'id' }, 'reserved_name', '.table'],
  [{ kind: 'required', policy: 'cry' }, 'no_choice', '.policy'],
])('the check %j is refused', (one, problem, part) => {
  expect(check(one)).toMatchObject({ problem, at: `fields.a.checks.0${part}` })
})

const condition = { kind: 'condition', column: 'a', operator: 'is', value: '1' }
const nested = (levels: number): unknown => ({
  kind: 'all',
  of: [levels === 1 ? condition : nested(levels - 1)],
})

test('a filter is groups of conditions, and not too deep', () => {
  expect(faultOf({ filter: nested(5) })).toBeUndefined()
  expect(faultOf({ filter: nested(6) })).toMatchObject({ problem: 'too_deep', at: 'filter' })
  expect(faultOf({ filter: { kind: 'none', of: [] } })).toMatchObject({ at: 'filter.kind' })
  const matches = { ...condition, operator: 'matches', value: '(' }
  expect(faultOf({ filter: { kind: 'any', of: [condition, matches] } })).toMatchObject({
    problem: 'no_pattern',
    at: 'filter.of.1.value',
  })
})

test('the last record is not before the first', () => {
  expect(faultOf({ firstRecord: 3, lastRecord: 3 })).toBeUndefined()
  expect(faultOf({ firstRecord: 3, lastRecord: 2 })).toMatchObject({
    problem: 'last_before_first',
    at: 'lastRecord',
  })
})
