import {
  FORMAT_KEYS,
  namedFormat,
  partsOf,
  withParts,
  type FormatParts,
} from '../../../domain/specification/fields/named-formats.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { CurrencyMark } from '../../../pipeline/values/formats/currency-mark.ts'
import { oneOf } from '../../ground/params.ts'

type Texts = Readonly<Partial<Record<'format' | 'pivot' | 'currency', string | undefined>>>

/** What is said of the format of a column: its name, its parts, and the currency of the values. */
export type FormatAnswers = {
  key: string | undefined
  parts: FormatParts
  found: CurrencyMark | undefined
}

export function formatAnswers(typed: Texts, found: CurrencyMark | undefined): FormatAnswers {
  const pivot = typed.pivot?.trim()
  const currency = typed.currency?.trim()
  const parts = {
    // What is no number is for the specification's schema to refuse.
    ...(pivot ? { pivot: Number(pivot) } : {}),
    ...(currency === undefined ? {} : { currency }),
  }
  return { key: typed.format, parts, found }
}

/** The format that was chosen; parts that are not said stay, or are as the values show them. */
export function formatIn(
  last: FieldOptions['format'],
  { key, parts, found }: FormatAnswers,
): FieldOptions['format'] {
  if (key === '') return null
  const known = oneOf(FORMAT_KEYS, key)
  if (known === undefined) return last && withParts(last, parts)
  return namedFormat(known, { ...found, ...(last === null ? {} : partsOf(last)), ...parts })
}
