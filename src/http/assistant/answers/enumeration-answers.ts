import { OTHERWISE, type Enumeration } from '../../../domain/specification/fields/value-format.ts'
import { oneOf } from '../../ground/params.ts'

/** What a form asks of a closed list of values. */
export const ENUMERATION_ANSWERS = ['enumeration', 'otherwise', 'fixed'] as const
type EnumerationAnswers = Readonly<
  Partial<Record<(typeof ENUMERATION_ANSWERS)[number], string | undefined>>
>

export function enumerationAnswers({ values, otherwise, fixed }: Enumeration): EnumerationAnswers {
  const lines = values.map(({ written, value }) => `${written} = ${value}`)
  return { enumeration: lines.join('\n'), otherwise, fixed }
}

/** The inverse: undefined where no value is listed. */
export function enumerationIn(answers: EnumerationAnswers): Enumeration | undefined {
  const lines = (answers.enumeration ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return undefined
  const values = lines.map((line) => {
    const at = line.indexOf('=')
    const [written, value] = at < 0 ? [line, line] : [line.slice(0, at), line.slice(at + 1)]
    return { written: written.trim(), value: value.trim() }
  })
  const otherwise = oneOf(OTHERWISE, answers.otherwise) ?? 'reject'
  return { kind: 'enumeration', values, otherwise, fixed: answers.fixed ?? '' }
}
