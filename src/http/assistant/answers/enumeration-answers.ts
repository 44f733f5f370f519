import { OTHERWISE, type Enumeration } from '../../../domain/specification/fields/value-format.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { oneOf } from '../../ground/params.ts'
import { halfRow } from './half-row.ts'
import { listedPairs } from './listed-pair.ts'

/** What a form asks of a closed list of values. */
export const ENUMERATION_ANSWERS = ['enumeration', 'otherwise', 'fixed'] as const
type EnumerationAnswers = Readonly<
  Partial<Record<(typeof ENUMERATION_ANSWERS)[number], string | undefined>>
>

export function enumerationAnswers({ values, otherwise, fixed }: Enumeration): EnumerationAnswers {
  const lines = values.map(({ written, value }) => `${written} = ${value}`)
  return { enumeration: lines.join('\n'), otherwise, fixed }
}

/**
 * The inverse: undefined where no value is listed.
 * @param known the list that the form showed
 * @throws InvalidInputError for a line that gives no new value for an old one, and for what becomes
 *   of other values where there is no list
 */
export function enumerationIn(
  answers: EnumerationAnswers,
  known?: Enumeration,
): Enumeration | undefined {
  const pairs = listedPairs(answers.enumeration ?? '', ['format', 'values'])
  if (pairs.length === 0) {
    requireNothingSaid(answers, known)
    return undefined
  }
  const values = pairs.map(([written, value]) => ({ written, value }))
  const otherwise = oneOf(OTHERWISE, answers.otherwise) ?? 'reject'
  return { kind: 'enumeration', values, otherwise, fixed: answers.fixed ?? '' }
}

function requireNothingSaid(answers: EnumerationAnswers, known: Enumeration | undefined): void {
  // A field whose list is not asked for says nothing of it.
  if (answers.enumeration === undefined) return
  const shown = known === undefined ? {} : enumerationAnswers(known)
  // What is usual comes with every form.
  const otherwise = answers.otherwise === 'reject' ? '' : answers.otherwise
  if (halfRow({ ...answers, otherwise }, ['otherwise', 'fixed'], shown) === undefined) return
  throw new InvalidInputError({ problem: 'no_values_listed' }, { at: ['format', 'values'] })
}
