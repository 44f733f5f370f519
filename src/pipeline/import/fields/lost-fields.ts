import { DEFAULT_FIELD_OPTIONS } from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { foldName } from '../../values/find-name.ts'
import { columnFinder, withKnownSensitive } from './source-names.ts'

/** A field whose column the file lacks. */
export type LostField = {
  field: string
  column: string
  /** The column that seems to be meant instead. */
  guess: string | undefined
}

/** The fields that `map` fills from columns that a file lacks, without a guess. */
export function lostFields(header: string[], specification: ImportSpecification): LostField[] {
  const columnNamed = columnFinder(header, specification)
  const lost = Object.entries(specification.map).filter(([column]) => !columnNamed(column))
  return lost.map(([column, field]) => ({ field, column, guess: undefined }))
}

/**
 * The specification without the columns that a file lacks, and with those that seem to be meant
 * instead. What was hidden in a column that is lost is hidden in its field.
 */
export function withoutLost(
  header: string[],
  specification: ImportSpecification,
  lost: readonly LostField[],
): ImportSpecification {
  const { map, sensitiveColumns, fields } = specification
  const gone = new Set(lost.map(({ column }) => column))
  const kept = Object.entries(map).filter(([column]) => !gone.has(column))
  const found = lost.flatMap(({ field, guess }) => (guess === undefined ? [] : [[guess, field]]))
  const hidden = lost
    .filter(({ column }) => sensitiveColumns.includes(column))
    .map(({ field: called }) => {
      const field = Object.keys(fields).find((one) => foldName(one) === foldName(called)) ?? called
      const options = fields[field] ?? DEFAULT_FIELD_OPTIONS
      return [field, { ...options, sensitive: true }] as const
    })
  return {
    ...withKnownSensitive(header, specification),
    map: Object.fromEntries([...kept, ...found]),
    fields: { ...fields, ...Object.fromEntries(hidden) },
  }
}
