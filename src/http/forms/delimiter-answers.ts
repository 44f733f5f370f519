import type { Answers } from '../../../views/forms/job-form.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import {
  commonDelimiter,
  parseDelimiter,
  delimiterName,
} from '../../domain/specification/special-characters.ts'
import { typed } from './form-values.ts'

/** The form answers for a delimiter; null leaves the default. */
export function delimiterAnswers(delimiter: string | null): Answers {
  if (delimiter === null) return { delimiter: '', otherDelimiter: '' }
  const common = commonDelimiter(delimiter)
  return common === undefined
    ? { delimiter: 'other', otherDelimiter: delimiterName(delimiter) }
    : { delimiter: common, otherDelimiter: '' }
}

/**
 * The delimiter in the answers; typed text overrides the choice.
 * @throws InvalidInputError where `other` is chosen and nothing typed
 */
export function delimiterIn(answers: Answers): string | undefined {
  const [chosen, other] = [typed(answers, 'delimiter'), typed(answers, 'otherDelimiter')]
  if (chosen === 'other' && other === undefined) {
    throw new InvalidInputError({ problem: 'empty_part' }, { at: ['delimiter'] })
  }
  const text = other ?? chosen
  return text === undefined ? undefined : parseDelimiter(text)
}
