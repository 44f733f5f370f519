import type { RefusedPart } from '../../../domain/words/errors.ts'
import type { Typed } from '../step.ts'

/** The name of the input of the rows step that a refusal is about; undefined if none alone is. */
export function refusedInput({ problem, at = [] }: RefusedPart, typed: Typed): string | undefined {
  if (!('problem' in problem)) return undefined
  switch (problem.problem) {
    case 'no_place':
      return `place:${problem.column}`
    case 'title_twice':
      return secondOfTitle(typed, problem.title)
    case 'no_column_chosen':
      return `field-${problem.place.replace('.', '-')}`
    case 'no_value_yet':
      return valueOf(typed, problem.field, '')
    case 'no_value_of_field':
      return valueOf(typed, problem.field, problem.value)
    case 'bytes_compared':
      return valueOf(typed, problem.field, '')
    default:
      return inputOf(at)
  }
}

function secondOfTitle(typed: Typed, title: string): string | undefined {
  return Object.keys(typed).findLast((name) => {
    const column = /^title:(.*)$/s.exec(name)?.[1] ?? ''
    const isTaken = typed[`take:${column}`] === 'yes'
    return isTaken && ((typed[name] ?? '').trim() || column) === title
  })
}

/** The value of the condition on a field, of several that with this value. */
function valueOf(typed: Typed, field: string, value: string): string | undefined {
  const found = Object.keys(typed)
    .filter((name) => /^field-\d+-\d+$/.test(name) && typed[name] === field)
    .map((name) => name.replace('field', 'value'))
  return found.find((name) => (typed[name] ?? '') === value) ?? found[0]
}

function inputOf([part, column, , option]: readonly string[]): string | undefined {
  const isFormat = part === 'fields' && (option === 'currency' || option === 'values')
  if (isFormat) return `${option}:${column}`
  return part === 'names' ? `title:${column}` : undefined
}
