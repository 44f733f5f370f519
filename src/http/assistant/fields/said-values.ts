import { isDeepStrictEqual } from 'node:util'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../../domain/specification/fields/field-options.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'

/** The formats of fields, and the types of those that are created, as the program finds them. */
export type GuessedValues = {
  formats: Readonly<Partial<Record<string, ValueFormat>>>
  types: Readonly<ImportSpecification['types']>
}

export const NO_VALUES: GuessedValues = { formats: {}, types: {} }

/** What is said of fields stays; formats and types that were guessed are those guessed now. */
export function withSaidValues(
  { fields, types }: Pick<ImportSpecification, 'fields' | 'types'>,
  before: GuessedValues,
  now: GuessedValues,
): Pick<ImportSpecification, 'fields' | 'types'> {
  const all = namesIn(fields, now.formats).map((name) => {
    const said = fields[name] ?? DEFAULT_FIELD_OPTIONS
    const isGuessed = isDeepStrictEqual(said.format, before.formats[name] ?? null)
    const format = isGuessed ? (now.formats[name] ?? null) : said.format
    return [name, { ...said, format }] as const
  })
  const typed = namesIn(types, now.types).map((name) => {
    const isGuessed = types[name] === before.types[name]
    return [name, isGuessed ? now.types[name] : types[name]] as const
  })
  return {
    fields: Object.fromEntries(all.filter(([, one]) => !isUsual(one))),
    types: Object.fromEntries(
      typed.flatMap(([name, type]) => (type === undefined ? [] : [[name, type]])),
    ),
  }
}

/** Whether options say nothing, so that they can be left out. */
export function isUsual(options: FieldOptions): boolean {
  return isDeepStrictEqual(options, DEFAULT_FIELD_OPTIONS)
}

function namesIn(...all: object[]): string[] {
  return [...new Set(all.flatMap((one) => Object.keys(one)))]
}
