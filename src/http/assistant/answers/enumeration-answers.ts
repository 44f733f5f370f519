import { OTHERWISE, type Enumeration } from '../../../domain/specification/fields/value-format.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { oneOf } from '../../ground/params.ts'
import { halfRow } from './half-row.ts'

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
 * @throws InvalidInputError for what becomes of other values where there is no list
 */
export function enumerationIn(
  answers: EnumerationAnswers,
  known?: Enumeration,
): Enumeration | undefined {
  const lines = (answers.enumeration ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) {
    requireNothingSaid(answers, known)
    return undefined
  }
  const values = lines.map((line) => {
    const at = line.indexOf('=')
    const [written, value] = at < 0 ? [line, line] : [line.slice(0, at), line.slice(at + 1)]
    return { written: written.trim(), value: value.trim() }
  })
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
