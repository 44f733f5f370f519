import { DEFAULT_FIELD_OPTIONS } from '../../domain/specification/fields/field-options.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { Refusals } from '../../domain/words/refusals.ts'
import type { CheckedSample } from '../../pipeline/import/preview/check-sample.ts'
import type { FieldRow } from './answers/field-row.ts'
import { fieldsIn } from './fields/fields-in.ts'
import { inSpellingOf } from './fields/in-spelling-of.ts'
import { keyIn, proposedKey } from './fields/key-in.ts'
import { madeRowsIn, requireWholeRow } from './answers/made-answers.ts'
import { typesIn } from './fields/types-in.ts'
import { sensitiveIn } from './fields/sensitive-in.ts'
import type { Typed } from './step.ts'

/**
 * The specification with what the columns step asks for: fields, types of a new table, key, and
 * what becomes of values that do not fit. What the form does not show stays as it is.
 * @throws InvalidInputError with everything that is wrong
 */
export function columnsIn(
  known: ImportSpecification,
  { columns, table, isNew, guess, yearsIn, currencyIn }: CheckedSample,
  typed: Typed,
): { specification: ImportSpecification; isGuessed: boolean } {
  const old = inSpellingOf(table, known)
  const chosen = columns.map(({ name, field: before }, index) => {
    const field = (typed[`field-${index}`] ?? '').trim()
    // A field of a new table is the same one under another name.
    const isOwn = isNew || field === before
    const isToGuess = !isOwn && field !== '' && (typed[`format-${index}`] ?? '') === ''
    const guessed = isToGuess ? guess(index, field) : undefined
    const currency = currencyIn(index)
    return { row: String(index), index, name, field, before, isOwn, currency, guess: guessed }
  })
  const filling = chosen.filter(({ field }) => field !== '')
  const filled = new Set(filling.map(({ field }) => field))
  const made = madeRowsIn(typed)
  // A column that fills a field now goes before what filled it; in a new table, that is a mistake.
  const making = made.filter(({ field }) => field !== '' && (isNew || !filled.has(field)))
  const refusals = new Refusals()
  for (const one of made) {
    if (isNew || !filled.has(one.field)) refusals.try(() => requireWholeRow(one, old.fields))
  }
  const rows: FieldRow[] = [...filling, ...making]
  const shown = new Set([...chosen, ...made].flatMap(({ before = [] }) => before))
  const filledBefore = new Set(columns.flatMap(({ field = [] }) => field))
  const key = proposedKey(old, { rows, filledBefore, table: isNew ? undefined : table })
  const said = keyIn(old, { rows, shown }, typed)
  const isProposed = said.key.length === 0 && key !== undefined
  const given = {
    ...old,
    ...(isProposed ? { ...said, ...key } : said),
    map: Object.fromEntries(filling.map(({ name, field }) => [name, field])),
    leaveOut: chosen.filter(({ field }) => field === '').map(({ name }) => name),
    sensitiveColumns: sensitiveIn(old, chosen, typed),
    types: isNew ? typesIn(old, { rows, shown, table }, typed) : old.types,
    fields: fieldsIn(old, { rows, shown }, typed, refusals),
  }
  const parsed = refusals.try(() => parseImportSpecification(given))
  refusals.end()
  const specification = parsed ?? old
  const isGuessed = filling.some(({ guess: one }) => one !== undefined && one.kind !== 'none')
  const isUnseen = filling.some(({ field, index }) => {
    const options = specification.fields[field] ?? DEFAULT_FIELD_OPTIONS
    return typed[`pivot-${index}`] === undefined && yearsIn(index, options).length > 0
  })
  return { specification, isGuessed: isGuessed || isUnseen || isProposed }
}
