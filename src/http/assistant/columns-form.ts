import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { CheckedSample } from '../../pipeline/import/preview/check-sample.ts'
import type { Typed } from './step.ts'

/**
 * The specification with what the columns step asks for: fields, types of a new table, key, and
 * what becomes of values that do not fit.
 * @throws InvalidInputError
 */
export function columnsIn(
  old: ImportSpecification,
  { columns, table, isNew }: CheckedSample,
  typed: Typed,
): ImportSpecification {
  const chosen = columns.map(({ name }, index) => ({
    name,
    field: (typed[`field-${index}`] ?? '').trim(),
    type: typed[`type-${index}`],
    isKey: typed[`key-${index}`] === 'yes',
    onError: typed[`error-${index}`],
  }))
  const filling = chosen.filter(({ field }) => field !== '')
  const inferred = new Map(table.columns.map(({ name, type }) => [name, type]))
  const types = filling.flatMap(({ field, type }) =>
    type === undefined || (inferred.get(field) === type && old.types[field] === undefined)
      ? []
      : [[field, type] as const],
  )
  const key = filling.filter(({ isKey }) => isKey).map(({ field }) => field)
  return parseImportSpecification({
    ...old,
    ...keyed(old, key),
    map: Object.fromEntries(filling.map(({ name, field }) => [name, field])),
    leaveOut: chosen.filter(({ field }) => field === '').map(({ name }) => name),
    types: isNew ? Object.fromEntries(types) : {},
    fields: fieldsOf(old, filling),
  })
}

/** With its first key, or without any, an import gets another operation by default. */
function keyed(old: ImportSpecification, key: string[]) {
  if (key.length > 0 === old.key.length > 0) return { key }
  const secondKey = key.length === 0 ? [] : old.secondKey
  return { key, secondKey, operation: undefined, duplicates: undefined }
}

type Filling = { field: string; onError: string | undefined }

/** Options that no part of the form shows stay; options that say nothing are left out. */
function fieldsOf(old: ImportSpecification, filling: Filling[]): Record<string, unknown> {
  const options = filling.map(({ field, onError }) => {
    const known: FieldOptions = old.fields[field] ?? DEFAULT_FIELD_OPTIONS
    return [field, { ...known, onError: onError ?? known.onError }] as const
  })
  return Object.fromEntries(options.filter(([, one]) => !isUsual(one)))
}

function isUsual(options: Record<string, unknown>): boolean {
  return JSON.stringify(options) === JSON.stringify(DEFAULT_FIELD_OPTIONS)
}
