import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../domain/specification/fields/field-options.ts'
import { namedFormat } from '../../domain/specification/fields/named-formats.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { AppDeps } from '../ground/env.ts'
import { look } from './preview.ts'
import { guessFormat } from '../../pipeline/import/preview/guess-format.ts'
import type { OpenPreview } from '../../pipeline/import/preview/open-preview.ts'
import { matchColumns } from '../../pipeline/import/plan/mapping.ts'
import { textOfValue } from '../../pipeline/values/typed-value.ts'

/**
 * The specification with the formats of its fields, where the first records show them.
 * @throws InvalidInputError
 */
export async function withGuesses(
  deps: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const guessed = await look(deps, specification, signal, (preview) =>
    guessFields(preview, specification),
  )
  const fields = guessed.map(({ name, options }) => [name, options] as const)
  const types = guessed.map(({ name, type }) => [name, type] as const)
  return {
    ...specification,
    fields: Object.fromEntries(fields),
    types: specification.create ? Object.fromEntries(types) : {},
  }
}

type GuessedField = {
  name: string
  options: FieldOptions
  /** The type of a field that is created: one wrong value must not make it a text. */
  type: 'number' | 'date' | 'datetime'
}

/** The formats in which the first values of the fields are written, where they show it. */
function guessFields(
  { profile, table, header, names, records }: OpenPreview,
  given: Pick<ImportSpecification, 'map' | 'leaveOut'>,
): GuessedField[] {
  if (profile.reader.isTyped) return []
  const texts = records.map((record) => record.read().fields)
  const specification = {
    ...profile.specification,
    ...given,
    fields: {},
    operation: 'insert' as const,
  }
  const mapping = table && matchColumns(header, table, specification)
  const filled =
    mapping === undefined
      ? names.map((name, index) => ({ name, index, column: undefined }))
      : mapping.fields.map((column, at) => ({
          name: column.name,
          index: mapping.sources[at] ?? -1,
          column,
        }))
  return filled.flatMap(({ name, index, column }): GuessedField[] => {
    const values = texts.map((record) => textOfValue(record[index]))
    const guess = guessFormat(values, column)
    if (guess.kind !== 'format') return []
    const format = namedFormat(guess.key)
    const hasTime = values.some((text) => text.includes(':'))
    const type = format.kind === 'number' ? 'number' : hasTime ? 'datetime' : 'date'
    return [{ name, type, options: { ...DEFAULT_FIELD_OPTIONS, format } }]
  })
}
