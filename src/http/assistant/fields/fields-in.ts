import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Refusals } from '../../../domain/words/refusals.ts'
import { answersAt, withFieldAnswers, type FieldAnswers } from '../answers/field-answers.ts'
import { knownAs, type FieldRow, type FieldRows } from '../answers/field-row.ts'
import { sourceIn } from '../answers/made-answers.ts'
import { isUsual } from './said-values.ts'

/**
 * What is said of fields. Of those that no row shows all stays, as of those whose answers are refused;
 * options that say nothing are left out.
 */
export function fieldsIn(
  { fields: old }: ImportSpecification,
  { rows, shown }: FieldRows,
  typed: Readonly<Record<string, string>>,
  refusals: Refusals,
): Record<string, FieldOptions> {
  const kept = Object.entries(old).filter(([field]) => !shown.has(field))
  const said = rows.map((one) => {
    const known = old[knownAs(one)] ?? DEFAULT_FIELD_OPTIONS
    const options = refusals.try(() =>
      inField(one.field, () => optionsIn(known, one, answersAt(typed, one.row))),
    )
    return [one.field, options ?? known] as const
  })
  const all = Object.entries(Object.fromEntries([...kept, ...said]))
  return Object.fromEntries(all.filter(([, one]) => !isUsual(one)))
}

/** What is wrong with the answers names the field that they are about. */
function inField<Result>(field: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const at = ['fields', field, ...(error.at ?? [])]
    throw new InvalidInputError(error.problem, { at, cause: error })
  }
}

function optionsIn(
  known: FieldOptions,
  { isOwn, made, guess, currency }: FieldRow,
  answers: FieldAnswers,
): FieldOptions {
  const { error, format: key, pivot, currency: sign } = answers
  const from = isOwn ? known.from : null
  // What was said of the field that the row had before is not said of another.
  const said = isOwn ? answers : { error, format: key, pivot, currency: sign }
  const changed = withFieldAnswers(known, said, currency)
  const format = guess?.kind === 'format' ? guess.format : changed.format
  return { ...changed, format, from: made === undefined ? from : sourceIn(made, known.from) }
}
