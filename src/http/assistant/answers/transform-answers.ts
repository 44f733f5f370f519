import {
  CHANGE_KINDS,
  CHANGE_TEXTS,
  transformTyped,
  typedTransform,
} from '../../../domain/specification/fields/typed-transforms.ts'
import { MOST_TRANSFORMS, type Transform } from '../../../domain/specification/fields/transforms.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import { oneOf } from '../../ground/params.ts'
import { halfRow } from './half-row.ts'

/** The inputs of a change, by its place in their order. */
export type ChangeAnswer = `${'change' | 'first' | 'second'}-${number}`
type ChangeAnswers = Readonly<Partial<Record<ChangeAnswer, string | undefined>>>

export const CHANGE_ANSWERS: readonly ChangeAnswer[] = Array.from(
  { length: MOST_TRANSFORMS },
  (_, at): ChangeAnswer[] => [`change-${at + 1}`, `first-${at + 1}`, `second-${at + 1}`],
).flat()

/** The answers that lead to these changes of a text. */
export function transformAnswers(transforms: readonly Transform[]): ChangeAnswers {
  const answers: Partial<Record<ChangeAnswer, string>> = {}
  for (const [at, transform] of transforms.entries()) {
    const { kind, first, second } = typedTransform(transform)
    answers[`change-${at + 1}`] = kind
    answers[`first-${at + 1}`] = first
    answers[`second-${at + 1}`] = second
  }
  return answers
}

/**
 * The inverse, in the order of the rows; one without a kind says nothing.
 * @param known the changes that the form showed
 * @throws InvalidInputError for texts of no change, or of one that takes none
 */
export function transformsIn(
  answers: ChangeAnswers,
  known: readonly Transform[] = [],
): Transform[] {
  const shown = transformAnswers(known)
  return Array.from({ length: MOST_TRANSFORMS }, (_, at) => at + 1).flatMap((row) => {
    const kind = oneOf(CHANGE_KINDS, answers[`change-${row}`])
    const texts = [`first-${row}`, `second-${row}`]
    if (kind === undefined) {
      if (halfRow(answers, texts, shown) === undefined) return []
      throw new InvalidInputError(
        { problem: 'no_change_chosen', place: row },
        { at: ['transforms', `#${row}`] },
      )
    }
    const useless = texts.slice(CHANGE_TEXTS[kind])
    const unused = halfRow(answers, useless, shown)
    if (unused !== undefined) {
      const isFirst =
        useless.length === 2 && halfRow(answers, useless.slice(0, 1), shown) !== undefined
      throw new InvalidInputError(
        { problem: 'change_without_text', place: row, text: shorten(unused) },
        { at: ['transforms', `#${row}`, isFirst ? 'from' : 'to'] },
      )
    }
    const first = answers[`first-${row}`] ?? ''
    return [transformTyped({ kind, first, second: answers[`second-${row}`] ?? '' })]
  })
}
