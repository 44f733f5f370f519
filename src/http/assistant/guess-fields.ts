import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { AppDeps } from '../ground/env.ts'
import { fittingPart } from '../../pipeline/import/fields/fitting-part.ts'
import { fieldNamesFor } from '../../pipeline/import/fields/source-names.ts'
import { inSpellingOf } from './fields/in-spelling-of.ts'
import { saidOfColumns, explicitColumns, withSaidColumns } from './fields/said-columns.ts'
import { NO_VALUES, withSaidValues, type GuessedValues } from './fields/said-values.ts'
import { look, tried } from './preview.ts'
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

/**
 * The specification for files that are read as it asks: what was guessed before is guessed anew, and
 * what somebody said stays.
 * @throws InvalidInputError for a first file that cannot be read so
 */
export async function reguessed(
  deps: Pick<AppDeps, 'store'>,
  old: ImportSpecification,
  asked: ImportSpecification,
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const { found } = await tried(() =>
    look(deps, old, signal, (preview) => ({
      said: saidOfColumns(preview, old),
      values: guessedValues(preview, old),
    })),
  )
  const said = found?.said ?? explicitColumns(old)
  const bare = { ...asked, map: {}, leaveOut: [], fields: {}, types: {} }
  return await look(deps, bare, signal, (preview) => {
    const { table, profile } = preview
    const spelled = table === undefined ? old : inSpellingOf(table, old)
    const made = new Set(Object.keys(spelled.fields).filter((name) => spelled.fields[name]?.from))
    const { specification } = profile
    const explicit = explicitColumns(old)
    const columns = withSaidColumns(preview, specification, { said, explicit, made })
    const values = guessedValues(preview, { ...asked, ...columns })
    return {
      ...asked,
      ...columns,
      ...withSaidValues(spelled, found?.values ?? NO_VALUES, values),
    }
  })
}

function guessedValues(
  preview: OpenPreview,
  specification: Pick<ImportSpecification, 'map' | 'leaveOut' | 'create'>,
): GuessedValues {
  const guessed = guessFields(preview, specification)
  const formats = guessed.map(({ name, options }) => [name, options.format] as const)
  const types = guessed.map(({ name, type }) => [name, type] as const)
  return {
    formats: Object.fromEntries(
      formats.flatMap(([name, one]) => (one === null ? [] : [[name, one]])),
    ),
    types: specification.create ? Object.fromEntries(types) : {},
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
  { profile, table, header, records }: OpenPreview,
  { map, leaveOut }: Pick<ImportSpecification, 'map' | 'leaveOut'>,
): GuessedField[] {
  if (profile.reader.isTyped) return []
  const texts = records.map((record) => record.read().fields)
  const asked = { ...profile.specification, map, leaveOut, fields: {} }
  // What the file lacks is told at the columns.
  const fitting = fittingPart(header, table, asked)
  const specification = { ...fitting, operation: 'insert' as const }
  const mapping = table && matchColumns(header, table, specification)
  const filled =
    mapping === undefined
      ? fieldNamesFor(header, specification).flatMap((name, index) =>
          name === null ? [] : [{ name, index, column: undefined }],
        )
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
