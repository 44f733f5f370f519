import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../domain/specification/fields/field-options.ts'
import { ERROR_POLICIES } from '../../domain/specification/fields/error-policy.ts'
import {
  namedTransform,
  TRANSFORM_KEYS,
} from '../../domain/specification/fields/named-transforms.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { CheckedSample } from '../../pipeline/import/preview/check-sample.ts'
import type { FormatGuess } from '../../pipeline/import/preview/guess-format.ts'
import { answersAt, withFieldAnswers, type FieldAnswers } from './fields/field-answers.ts'
import { formatAnswers, formatIn, type FormatAnswers } from './fields/format-answers.ts'
import { madeIn, sourceIn } from './fields/made-answers.ts'
import { oneOf } from '../ground/params.ts'
import type { Typed } from './step.ts'

/**
 * The specification with what the columns step asks for: fields, types of a new table, key, and
 * what becomes of values that do not fit.
 * @throws InvalidInputError
 */
export function columnsIn(
  old: ImportSpecification,
  { columns, table, isNew, guess, yearsIn, currencyIn }: CheckedSample,
  typed: Typed,
): { specification: ImportSpecification; isGuessed: boolean } {
  const chosen = columns.map(({ name, field: before }, index) => ({
    name,
    before,
    index,
    format: formatAnswers(typed, index, currencyIn(index)),
    transform: typed[`transform-${index}`],
    field: (typed[`field-${index}`] ?? '').trim(),
    type: typed[`type-${index}`],
    isKey: typed[`key-${index}`] === 'yes',
    onError: typed[`error-${index}`],
    answers: answersAt(typed, index),
  }))
  const filling = chosen.filter(({ field }) => field !== '')
  const guesses = new Map(
    filling
      .filter(({ field, before, format }) => field !== before && !isNew && !format.key)
      .map(({ index, field }) => [field, guess(index, field)] as const)
      .filter(([, { kind }]) => kind !== 'none'),
  )
  const inferred = new Map(table.columns.map(({ name, type }) => [name, type]))
  const types = filling.flatMap(({ field, type }) =>
    type === undefined || (inferred.get(field) === type && old.types[field] === undefined)
      ? []
      : [[field, type] as const],
  )
  const filled = new Set(filling.map(({ field }) => field))
  const key = [
    ...filling.filter(({ isKey }) => isKey).map(({ field }) => field),
    // No row shows a field that is made, so none has its tick.
    ...old.key.filter((name) => !filled.has(name) && old.fields[name]?.from),
  ]
  const specification = parseImportSpecification({
    ...old,
    ...keyed(old, key),
    map: Object.fromEntries(filling.map(({ name, field }) => [name, field])),
    leaveOut: chosen.filter(({ field }) => field === '').map(({ name }) => name),
    types: isNew ? Object.fromEntries(types) : {},
    fields: { ...fieldsMade(old, typed, filling), ...fieldsOf(old, filling, guesses) },
  })
  const isUnseen = filling.some(({ field, index }) => {
    const options = specification.fields[field] ?? DEFAULT_FIELD_OPTIONS
    return typed[`pivot-${index}`] === undefined && yearsIn(index, options).length > 0
  })
  return { specification, isGuessed: guesses.size > 0 || isUnseen }
}

/** With its first key, or without any, an import gets another operation by default. */
function keyed(old: ImportSpecification, key: string[]) {
  if (key.length > 0 === old.key.length > 0) return { key }
  const secondKey = key.length === 0 ? [] : old.secondKey
  return { key, secondKey, operation: undefined, duplicates: undefined }
}

type Filling = {
  field: string
  before: string | undefined
  answers: FieldAnswers
  format: FormatAnswers
} & Record<'onError' | 'transform', string | undefined>

/** Options that no part of the form shows stay; options that say nothing are left out. */
function fieldsOf(
  old: ImportSpecification,
  filling: Filling[],
  guesses: Map<string, FormatGuess>,
): Record<string, FieldOptions> {
  const options = filling.map(({ field, before, answers, onError, format, transform }) => {
    const known: FieldOptions = old.fields[field] ?? DEFAULT_FIELD_OPTIONS
    const guess = guesses.get(field)
    const changed = {
      ...known,
      from: field === before ? known.from : null,
      onError: oneOf(ERROR_POLICIES, onError) ?? known.onError,
      format: guess?.kind === 'format' ? guess.format : formatIn(known.format, format),
      transforms: transformsIn(known, transform),
    }
    // What was said of the field that the row had before is not said of another.
    return [field, field === before ? withFieldAnswers(changed, answers) : changed] as const
  })
  return Object.fromEntries(options.filter(([, one]) => !isUsual(one)))
}

/** The fields that no column fills, as the form says; those that it does not show stay. */
function fieldsMade(
  old: ImportSpecification,
  typed: Typed,
  filling: Filling[],
): Record<string, FieldOptions> {
  const filled = new Set(filling.map(({ field }) => field))
  const kept = Object.entries(old.fields).filter(
    ([field, { from }]) => from !== null && !filled.has(field),
  )
  const said = madeIn(typed)
    .filter(({ field }) => !filled.has(field))
    .map((answer) => {
      const known: FieldOptions = old.fields[answer.field] ?? DEFAULT_FIELD_OPTIONS
      return [answer.field, { ...known, from: sourceIn(answer, known) }] as const
    })
  const all = Object.entries(Object.fromEntries([...kept, ...said]))
  return Object.fromEntries(all.filter(([, one]) => !isUsual(one)))
}

function transformsIn(
  { transforms }: FieldOptions,
  key: string | undefined,
): FieldOptions['transforms'] {
  const known = oneOf(TRANSFORM_KEYS, key)
  if (known !== undefined) return namedTransform(known)
  return key === '' ? [] : transforms
}

function isUsual(options: FieldOptions): boolean {
  return JSON.stringify(options) === JSON.stringify(DEFAULT_FIELD_OPTIONS)
}
