import { ERROR_POLICIES } from '../../../domain/specification/fields/error-policy.ts'
import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { OTHERWISE, type Enumeration } from '../../../domain/specification/fields/value-format.ts'
import { formatNames, parseNames } from '../../../domain/texts/input-parsing.ts'
import { oneOf } from '../../ground/params.ts'

/** The inputs of a step as they were sent. */
type Texts = Readonly<Record<string, string>>

/** What a form asks of a field besides its column; the names of the inputs end in its number. */
export const FIELD_ANSWERS = [
  'sensitive',
  'required',
  'pattern',
  'least',
  'most',
  'oneOf',
  'existsTable',
  'existsColumn',
  'policy',
  'enumeration',
  'otherwise',
  'fixed',
] as const
type FieldAnswer = (typeof FIELD_ANSWERS)[number]
export type FieldAnswers = Partial<Record<FieldAnswer, string>>

/** What a form cannot show of a field: it stays as it is. */
export type HiddenParts = { checks: boolean; enumeration: boolean }

/** The answers that lead to these options. */
export function fieldAnswers(options: FieldOptions): FieldAnswers {
  const { checks, format, sensitive } = options
  const enumeration = format?.kind === 'enumeration' ? format : undefined
  return {
    ...(sensitive ? { sensitive: 'yes' } : {}),
    ...checkAnswers(checks),
    ...(enumeration === undefined ? {} : enumerationAnswers(enumeration)),
  }
}

export function hiddenParts({ checks, format }: FieldOptions): HiddenParts {
  const shown = checksIn(checkAnswers(checks))
  const isEnumeration = format?.kind === 'enumeration'
  return {
    checks: JSON.stringify(shown) !== JSON.stringify(checks),
    enumeration: isEnumeration && format.values.some(({ written }) => /[=\n]/.test(written)),
  }
}

/** The options with what a form says; a form without these inputs leaves them as they are. */
export function withFieldAnswers(known: FieldOptions, answers: FieldAnswers): FieldOptions {
  if (answers.policy === undefined) return known
  const hidden = hiddenParts(known)
  return {
    ...known,
    sensitive: answers.sensitive === 'yes',
    checks: hidden.checks ? known.checks : checksIn(answers),
    format: hidden.enumeration ? known.format : formatWith(known.format, answers),
  }
}

/** The answers about the field with a number. */
export function answersAt(typed: Texts, index: number): FieldAnswers {
  const given = FIELD_ANSWERS.flatMap((name) => {
    const text = typed[`${name}-${index}`]
    return text === undefined ? [] : [[name, text] as const]
  })
  return Object.fromEntries(given)
}

function checkAnswers(checks: FieldCheck[]): FieldAnswers {
  const answers: FieldAnswers = {}
  for (const check of checks) {
    answers.policy = check.policy
    if (check.kind === 'required') answers.required = 'yes'
    if (check.kind === 'pattern') answers.pattern = check.pattern
    if (check.kind === 'one_of') answers.oneOf = formatNames(check.values)
    if (check.kind === 'range') {
      answers.least = check.least ?? ''
      answers.most = check.most ?? ''
    }
    if (check.kind === 'exists') {
      answers.existsTable = check.table
      answers.existsColumn = check.column
    }
  }
  return answers
}

/** In the order in which the form shows them, all with one policy. */
function checksIn(answers: FieldAnswers): FieldCheck[] {
  const policy = oneOf(ERROR_POLICIES, answers.policy) ?? 'reject'
  const text = (name: FieldAnswer) => answers[name]?.trim() || null
  const [pattern, oneOfThese] = [text('pattern'), text('oneOf')]
  const [least, most] = [text('least'), text('most')]
  const [table, column] = [text('existsTable'), text('existsColumn')]
  const checks: (FieldCheck | false)[] = [
    answers.required === 'yes' && { kind: 'required', policy },
    pattern !== null && { kind: 'pattern', pattern, policy },
    (least ?? most) !== null && { kind: 'range', least, most, policy },
    oneOfThese !== null && { kind: 'one_of', values: parseNames(oneOfThese), policy },
    (table ?? column) !== null && {
      kind: 'exists',
      table: table ?? '',
      column: column ?? '',
      policy,
    },
  ]
  return checks.filter((check) => check !== false)
}

function enumerationAnswers({ values, otherwise, fixed }: Enumeration): FieldAnswers {
  const lines = values.map(({ written, value }) => `${written} = ${value}`)
  return { enumeration: lines.join('\n'), otherwise, fixed }
}

/** The list of values, or the other format; a list that was emptied leaves none. */
function formatWith(known: FieldOptions['format'], answers: FieldAnswers): FieldOptions['format'] {
  const lines = (answers.enumeration ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return known?.kind === 'enumeration' ? null : known
  const values = lines.map((line) => {
    const at = line.indexOf('=')
    const [written, value] = at < 0 ? [line, line] : [line.slice(0, at), line.slice(at + 1)]
    return { written: written.trim(), value: value.trim() }
  })
  const otherwise = oneOf(OTHERWISE, answers.otherwise) ?? 'reject'
  return { kind: 'enumeration', values, otherwise, fixed: (answers.fixed ?? '').trim() }
}
