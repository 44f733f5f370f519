import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { AppDeps } from '../ground/env.ts'
import { look } from './preview.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { guessColumns } from '../../pipeline/import/preview/guess-columns.ts'
import { guessFormat } from '../../pipeline/import/preview/guess-format.ts'
import type { OpenPreview } from '../../pipeline/import/preview/open-preview.ts'
import { matchColumns } from '../../pipeline/import/plan/mapping.ts'
import { textOfValue } from '../../pipeline/values/typed-value.ts'

/**
 * The specification with the fields of columns whose names only mean the same, and the formats of
 * its fields, where the first records show them.
 * @throws InvalidInputError
 */
export async function withGuesses(
  deps: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const { map, guessed } = await look(deps, specification, signal, (preview) => {
    const map = guessMap(preview, specification)
    return { map, guessed: guessFields(preview, { ...specification, map }) }
  })
  const fields = guessed.map(({ name, options }) => [name, options] as const)
  const types = guessed.map(({ name, type }) => [name, type] as const)
  return {
    ...specification,
    map,
    fields: Object.fromEntries(fields),
    types: specification.create ? Object.fromEntries(types) : {},
  }
}

/** Whether nobody has changed what the program guessed. */
export async function isAsGuessed(
  deps: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  signal: AbortSignal,
): Promise<boolean> {
  const { map, fields, types } = specification
  if ([map, fields, types].every((said) => Object.keys(said).length === 0)) return true
  try {
    const unmatched = { ...specification, map: {}, fields: {}, types: {} }
    const guessed = await withGuesses(deps, unmatched, signal)
    return JSON.stringify(guessed) === JSON.stringify(specification)
  } catch (error) {
    if (error instanceof InvalidInputError) return false
    throw error
  }
}

function guessMap(preview: OpenPreview, specification: ImportSpecification) {
  const { map, leaveOut } = specification
  const isUnmatched = Object.keys(map).length === 0 && leaveOut.length === 0
  const { table, profile } = preview
  if (table === undefined || !isUnmatched) return map
  return guessColumns(preview, table, profile.specification).synonyms
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
    const { format } = guess
    const hasTime = values.some((text) => text.includes(':'))
    const type = format.kind === 'number' ? 'number' : hasTime ? 'datetime' : 'date'
    return [{ name, type, options: { ...DEFAULT_FIELD_OPTIONS, format } }]
  })
}
