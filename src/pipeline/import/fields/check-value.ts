import type { Value } from '../../../domain/records/record.ts'
import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import type { ErrorPolicy } from '../../../domain/specification/fields/error-policy.ts'
import { compilePattern } from '../../../domain/specification/fields/pattern.ts'
import { compareTexts } from '../../../domain/texts/compare.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'

export type FailedCheck = { message: Message; policy: ErrorPolicy }

/** Finds the first check that a value of a field fails; null and undefined are no value. */
export type ValueCheck = (value: Value | undefined) => FailedCheck | undefined

/** The checks that need no database; undefined if there are none. */
export function checkOf(checks: FieldCheck[]): ValueCheck | undefined {
  const tests = checks.flatMap((check) => testOf(check) ?? [])
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

/** The text of a value as checks compare it. */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

type Test = { test(text: string): Message | undefined; policy: ErrorPolicy }

function testOf(check: FieldCheck): Test | undefined {
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
      return { policy, test: rangeTest(check) }
    case 'one_of': {
      const values = new Set(check.values)
      const shown = shorten(check.values.join(', '))
      const passes = (text: string) => text === '' || values.has(text)
      return { policy, test: (text) => failed(passes(text), 'TLY-3034', text, shown) }
    }
    case 'exists':
      return undefined
  }
}

function rangeTest({ least, most }: Extract<FieldCheck, { kind: 'range' }>): Test['test'] {
  return (text) => {
    if (text === '') return undefined
    if (least !== null && compareTexts(text, least) < 0) {
      return failed(false, 'TLY-3032', text, least)
    }
    return most !== null && compareTexts(text, most) > 0
      ? failed(false, 'TLY-3033', text, most)
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
