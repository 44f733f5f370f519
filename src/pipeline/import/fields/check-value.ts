import type { Value } from '../../../domain/records/record.ts'
import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import type { ErrorPolicy } from '../../../domain/specification/fields/error-policy.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { compilePattern } from '../../../domain/specification/fields/pattern.ts'
import { compareTexts } from '../../../domain/texts/compare.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError, type RefusedPart } from '../../../domain/words/errors.ts'
import { Refusals } from '../../../domain/words/refusals.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { comparingOf, type Comparing } from '../../values/formats/comparing.ts'
import { finder } from '../../values/find-name.ts'
import { givenKey } from './given-key.ts'

export type FailedCheck = { message: Message; policy: ErrorPolicy }

/** Finds the first check that a value of a field fails; null and undefined are no value. */
export type ValueCheck = (value: Value | undefined) => FailedCheck | undefined

/**
 * The checks of a field that need no database; undefined if there are none.
 * @throws UnusableError if a bound or a listed value is none of the field
 */
export function checkOf(
  column: ColumnInfo,
  { checks, format }: Pick<FieldOptions, 'checks' | 'format'>,
): ValueCheck | undefined {
  if (checks.length === 0) return undefined
  const field = { name: column.name, comparing: comparingOf(column, format) }
  const tests = checks.flatMap((check, at) => placed(field, at, () => testOf(check, field)) ?? [])
  if (tests.length === 0) return undefined
  return (value) => {
    const text = textOf(value)
    for (const { test, policy } of tests) {
      const message = test(text)
      if (message !== undefined) return { message, policy }
    }
    return undefined
  }
}

/** What is wrong with a check, with its place. */
function placed<Result>({ name }: ComparedField, place: number, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    throw new UnusableError(error.problem, { at: ['fields', name, 'checks', String(place)] })
  }
}

/** Every fault of the checks of fields, where each check throws its first. */
export function faultsOfChecks(
  columns: readonly ColumnInfo[],
  { fields }: Pick<ImportSpecification, 'fields'>,
): readonly RefusedPart[] {
  const columnNamed = finder([...columns], ({ name }) => name)
  const refusals = new Refusals()
  for (const [name, { format, checks }] of Object.entries(fields)) {
    const column = columnNamed(name)
    if (column === undefined) continue
    const field = { name, comparing: comparingOf(column, format) }
    checks.forEach((check, at) => refusals.try(() => placed(field, at, () => testOf(check, field))))
  }
  return refusals.faults
}

/** The text of a value as checks compare it. */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

type Test = { test(text: string): Message | undefined; policy: ErrorPolicy }

type ComparedField = { name: string; comparing: Comparing }

function testOf(check: FieldCheck, field: ComparedField): Test | undefined {
  const { policy } = check
  switch (check.kind) {
    case 'required': {
      const message: Message = { code: 'TLY-3030', params: {} }
      return { policy, test: (text) => (text.trim() === '' ? message : undefined) }
    }
    case 'pattern': {
      const pattern = compilePattern(check.pattern)
      const passes = (text: string) => text === '' || pattern?.matches(text) === true
      return { policy, test: (text) => failed(passes(text), 'TLY-3031', text, check.pattern) }
    }
    case 'range':
      return { policy, test: rangeTest(check, field) }
    case 'one_of': {
      const { name, comparing } = field
      const keys = new Set(check.values.map((value) => givenKey(name, comparing, value)))
      const shown = shorten(check.values.join(', '))
      const passes = (text: string) => text === '' || keys.has(comparing.keyOf(text))
      return { policy, test: (text) => failed(passes(text), 'TLY-3034', text, shown) }
    }
    case 'exists':
      return undefined
  }
}

function rangeTest(
  { least, most }: Extract<FieldCheck, { kind: 'range' }>,
  { name, comparing }: ComparedField,
): Test['test'] {
  const leastKey = least === null ? undefined : givenKey(name, comparing, least)
  const mostKey = most === null ? undefined : givenKey(name, comparing, most)
  if (leastKey !== undefined && mostKey !== undefined && compareTexts(leastKey, mostKey) > 0) {
    const bounds = { least: least ?? '', most: most ?? '' }
    throw new UnusableError({ problem: 'least_above_most', field: name, ...bounds })
  }
  return (text) => {
    if (text === '') return undefined
    const key = comparing.keyOf(text)
    if (leastKey !== undefined && compareTexts(key, leastKey) < 0) {
      return failed(false, 'TLY-3032', text, least ?? '')
    }
    return mostKey !== undefined && compareTexts(key, mostKey) > 0
      ? failed(false, 'TLY-3033', text, most ?? '')
      : undefined
  }
}

function failed(
  passes: boolean,
  code: 'TLY-3031' | 'TLY-3032' | 'TLY-3033' | 'TLY-3034',
  value: string,
  wanted: string,
): Message | undefined {
  return passes ? undefined : { code, params: { value: shorten(value), wanted } }
}
