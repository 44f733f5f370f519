import { ERROR_POLICIES } from '../../../domain/specification/fields/error-policy.ts'
import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import { formatNames, parseNames } from '../../../domain/texts/input-parsing.ts'
import { oneOf } from '../../ground/params.ts'

/** What a form asks of the checks of a field: each kind once, with a policy of its own. */
export const CHECK_ANSWERS = [
  'required',
  'pattern',
  'least',
  'most',
  'oneOf',
  'existsTable',
  'existsColumn',
  'policy_required',
  'policy_pattern',
  'policy_range',
  'policy_one_of',
  'policy_exists',
] as const
type CheckAnswer = (typeof CHECK_ANSWERS)[number]
type CheckAnswers = Readonly<Partial<Record<CheckAnswer, string | undefined>>>

/** The answers that lead to these checks. */
export function checkAnswers(checks: FieldCheck[]): CheckAnswers {
  const answers: Partial<Record<CheckAnswer, string>> = {}
  for (const check of checks) {
    answers[`policy_${check.kind}`] = check.policy
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

/**
 * The inverse. Checks that were there keep their order: of several that fail, the first is told.
 * @throws InvalidInputError
 */
export function checksIn(answers: CheckAnswers, known: readonly FieldCheck[]): FieldCheck[] {
  const policyOf = (kind: FieldCheck['kind']) =>
    oneOf(ERROR_POLICIES, answers[`policy_${kind}`]) ?? 'reject'
  const text = (name: CheckAnswer) => answers[name]?.trim() || null
  const [pattern, oneOfThese] = [text('pattern'), text('oneOf')]
  const [least, most] = [text('least'), text('most')]
  const [table, column] = [text('existsTable'), text('existsColumn')]
  const checks: (FieldCheck | false)[] = [
    answers.required === 'yes' && { kind: 'required', policy: policyOf('required') },
    // Blanks around a pattern are part of it.
    pattern !== null && {
      kind: 'pattern',
      pattern: answers.pattern ?? pattern,
      policy: policyOf('pattern'),
    },
    (least ?? most) !== null && { kind: 'range', least, most, policy: policyOf('range') },
    oneOfThese !== null && {
      kind: 'one_of',
      values: parseNames(oneOfThese),
      policy: policyOf('one_of'),
    },
    (table ?? column) !== null && {
      kind: 'exists',
      table: table ?? '',
      column: column ?? '',
      policy: policyOf('exists'),
    },
  ]
  const placeOf = ({ kind }: FieldCheck) => {
    const place = known.findIndex((check) => check.kind === kind)
    return place < 0 ? known.length : place
  }
  return checks
    .filter((check) => check !== false)
    .toSorted((one, other) => placeOf(one) - placeOf(other))
}
