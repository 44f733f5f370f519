import { describe, expect, test } from 'vitest'
import {
  DEFAULT_FIELD_OPTIONS,
  fieldOptions,
  type FieldOptions,
} from '../../../../src/domain/specification/fields/field-options.ts'
import { UNICODE_FORMS } from '../../../../src/domain/specification/fields/transforms.ts'
import {
  answersAt,
  fieldAnswers,
  hiddenParts,
  withFieldAnswers,
} from '../../../../src/http/assistant/answers/field-answers.ts'
import { recordAnswers, recordsIn } from '../../../../src/http/assistant/answers/filter-answers.ts'
import {
  madeAnswer,
  madeIn,
  sourceIn,
} from '../../../../src/http/assistant/answers/made-answers.ts'

const options = (given: object): FieldOptions => fieldOptions.parse(given)

const NONE = { transforms: false, checks: false, enumeration: false }
const aList = (values: object[], more = {}) => ({
  format: { kind: 'enumeration', values, ...more },
})

const SHOWN = {
  'nothing said': {},
  'a sensitive field': { sensitive: true },
  'every check': {
    checks: [
      { kind: 'required', policy: 'warn' },
      { kind: 'pattern', pattern: '[0-9]{8}[A-Z]', policy: 'warn' },
      { kind: 'range', least: '1', most: null, policy: 'warn' },
      { kind: 'one_of', values: ['a, b', 'c'], policy: 'warn' },
      { kind: 'exists', table: 'city', column: 'id', policy: 'warn' },
    ],
  },
  'checks with several policies': {
    checks: [
      { kind: 'required', policy: 'warn' },
      { kind: 'pattern', pattern: ' x', policy: 'stop' },
    ],
  },
  'changes in an order, of every kind': {
    transforms: [
      { kind: 'collapse' },
      { kind: 'trim' },
      { kind: 'upper', locale: 'tr' },
      { kind: 'lower' },
      { kind: 'capitalise' },
      { kind: 'replace', from: ' ', to: '' },
      { kind: 'replace', from: '(a)', to: '$1 ', pattern: true },
      { kind: 'pad', length: 8, with: '0' },
      { kind: 'pad', length: 9, side: 'end' },
      { kind: 'split', separator: '; ', part: -1 },
      ...UNICODE_FORMS.map((form) => ({ kind: 'unicode', form })),
      { kind: 'trim' },
    ],
  },
  'an enumeration': {
    format: {
      kind: 'enumeration',
      values: [
        { written: 'M', value: 'mujer' },
        { written: 'H', value: 'a = b' },
      ],
      otherwise: 'fixed',
      fixed: 'otro',
    },
  },
}
const HIDDEN = {
  'two checks of a kind': {
    checks: [
      { kind: 'pattern', pattern: 'x', policy: 'reject' },
      { kind: 'pattern', pattern: 'y', policy: 'reject' },
    ],
  },
  'a list with a sign of equality in it': aList([{ written: 'a=b', value: 'c' }]),
  'a value of two lines': aList([{ written: 'a', value: 'first\nline' }]),
  'a value with blanks around it': aList([{ written: 'a', value: ' b ' }]),
  'what is written with blanks around it': aList([{ written: ' a', value: 'b' }]),
  'a list of nothing': aList([], { otherwise: 'fixed', fixed: 'x' }),
  'a line of nothing but its end': aList([{ written: 'a', value: 'b' }], { fixed: 'x\n' }),
  'a change with an end of a line': { transforms: [{ kind: 'split', separator: '\n', part: 1 }] },
  'a bound with blanks': { checks: [{ kind: 'range', least: ' 1', policy: 'reject' }] },
  'one of a list with an end of a line': { checks: [{ kind: 'one_of', values: ['\n'] }] },
}

describe('what a form shows of a field', () => {
  test.each(Object.entries(SHOWN))('%s comes back as it was', (_name, given) => {
    const known = options(given)
    expect(hiddenParts(known)).toEqual(NONE)
    const answers = { asked: 'yes', ...fieldAnswers(known) }
    expect(withFieldAnswers(DEFAULT_FIELD_OPTIONS, answers)).toEqual(known)
    expect(withFieldAnswers(known, answers)).toEqual(known)
  })

  test.each(Object.entries(HIDDEN))('%s stays as it is', (_name, given) => {
    const known = options(given)
    expect(Object.values(hiddenParts(known))).toContain(true)
    expect(withFieldAnswers(known, { asked: 'yes' })).toEqual(known)
  })

  test('leaves everything as it is where the form had no such inputs', () => {
    const known = options(SHOWN['every check'])
    expect(withFieldAnswers(known, answersAt({ 'field-0': 'a' }, '0'))).toEqual(known)
  })

  test('keeps the order of checks: of several that fail, the first is told', () => {
    const checks = [
      { kind: 'pattern', pattern: 'x', policy: 'stop' },
      { kind: 'required', policy: 'warn' },
    ]
    const known = options({ checks })
    const answers = { asked: 'yes', ...fieldAnswers(known), least: '1' }
    expect(withFieldAnswers(known, answers).checks.map(({ kind }) => kind)).toEqual([
      'pattern',
      'required',
      'range',
    ])
  })

  test('takes the list that was changed, or else the format that was chosen', () => {
    const known = options(SHOWN['an enumeration'])
    const answers = { asked: 'yes', ...fieldAnswers(known) }
    const chosen = withFieldAnswers(known, { ...answers, format: 'dmy' })
    expect(chosen.format).toMatchObject({ kind: 'date', order: 'dmy' })
    const changed = withFieldAnswers(chosen, { asked: 'yes', format: 'dmy', enumeration: 'a = b' })
    expect(changed.format).toMatchObject({ values: [{ written: 'a', value: 'b' }] })
  })

  test('takes checks, a list and the mark of a sensitive field away again', () => {
    const known = options({ ...SHOWN['every check'], ...SHOWN['an enumeration'], sensitive: true })
    const cleared = answersAt({ 'asked-3': 'yes', 'enumeration-3': ' \r\n' }, '3')
    expect(withFieldAnswers(known, cleared)).toEqual(DEFAULT_FIELD_OPTIONS)
  })
})

test.each([
  { kind: 'fixed', text: ' x ' },
  { kind: 'template', text: '{first} {last}' },
  { kind: 'stamp', of: 'operator' },
  { kind: 'expression', source: 'record.a + 1' },
  { kind: 'fixed', text: '' },
  null,
] as const)('what fills a field without a column comes back as it was: %j', (from) => {
  const { field, ...answer } = madeAnswer('city', from)
  const typed = { 'made-2': field, 'from-2': answer.from, 'text-2': answer.text }
  const [read] = madeIn(typed)
  expect(read && sourceIn(read, null)).toEqual(from)
})

test.each([
  { kind: 'fixed', text: 'first\nline' },
  { kind: 'template', text: '{first}\r{last}' },
  { kind: 'expression', source: 'record.a\n+ 1' },
] as const)('the ends of lines of a text that nobody changed stay as they were: %j', (from) => {
  const answer = madeAnswer('city', from)
  const sent = { ...answer, text: answer.text.replace(/[\r\n]/g, '\r\n') }
  expect(sourceIn(sent, from)).toEqual(from)
  expect(sourceIn({ ...sent, text: 'a\r\nb' }, from)).toEqual(
    from.kind === 'expression' ? { ...from, source: 'a\nb' } : { ...from, text: 'a\nb' },
  )
})

describe('which records are taken', () => {
  const condition = { kind: 'condition', column: 'País', operator: 'is', value: 'ES' } as const

  test.each([
    { filter: null, firstRecord: 1, lastRecord: null },
    { filter: { kind: 'any' as const, of: [condition] }, firstRecord: 5, lastRecord: 9 },
  ])('comes back as it was: %j', (records) => {
    const typed = { filterKind: 'all', ...recordAnswers(records) }
    const none = { filter: null, firstRecord: 1, lastRecord: null }
    expect(recordsIn(typed, none)).toEqual(records)
  })

  test('by a filter that no form shows stays, until another is typed', () => {
    const filter = { kind: 'all' as const, of: [{ kind: 'any' as const, of: [condition] }] }
    const records = { filter, firstRecord: 1, lastRecord: null }
    const typed = { filterKind: 'all', ...recordAnswers(records) }
    expect(recordsIn(typed, records)).toEqual(records)
    const other = { ...typed, 'column-1': 'País', 'operator-1': 'is_filled' }
    expect(recordsIn(other, records)).toMatchObject({
      filter: { of: [{ column: 'País', operator: 'is_filled' }] },
    })
  })
})
