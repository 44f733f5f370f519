import type { Value } from '../../domain/records/record.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { Message } from '../../domain/words/messages.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import type { Altered } from './altered.ts'
import { castDate, castDatetime } from './dates.ts'
import { castInteger, castNumeric, INT64, isWhole, numberCastFor } from './numbers.ts'

/** Converts a non-empty text to a value of the column; undefined if it is invalid. */
export type Cast = (text: string) => Value | Altered | undefined

/** The cast of a column; null if the text itself is the value. */
export function castFor(column: ColumnInfo): Cast | null {
  const cast = usualCastFor(column)
  const { specialValues } = column
  if (cast === null || specialValues === undefined) return cast
  return (text) => cast(text) ?? (specialValues.test(text.trim()) ? text.trim() : undefined)
}

function usualCastFor(column: ColumnInfo): Cast | null {
  switch (column.type) {
    case 'integer':
      return castInteger
    case 'number':
      return numberCastFor(column)
    case 'boolean':
      return castBoolean
    case 'date':
      return castDate
    case 'datetime':
      return castDatetime
    case 'blob':
      return castBytes
    case 'any':
      return column.conversion === 'numeric' ? castNumeric : null
    case 'text':
      return null
  }
}

/** Why the text does not fit the column; undefined if it does. */
export function castError(
  column: ColumnInfo,
  text: string,
  value: Value | undefined,
): Message | undefined {
  if (value === undefined) {
    const params = { value: shorten(text), type: column.type, ...rangeMissed(column, text) }
    return { code: 'TLY-3001', params }
  }
  const { maxLength } = column
  // A length in UTF-16 units that fits also fits in characters, so only longer texts are counted.
  if (maxLength === null || text.length <= maxLength) return undefined
  const length = charactersOf(text)
  return length <= maxLength
    ? undefined
    : { code: 'TLY-3010', params: { limit: maxLength, length, value: shorten(text) } }
}

/** The range of a column that a whole number is not in; nothing of any other text. */
function rangeMissed({ type, range }: ColumnInfo, text: string) {
  if (type !== 'integer' || !isWhole(text)) return {}
  const { least, most } = range ?? INT64
  return { least: String(least), most: String(most) }
}

export function charactersOf(text: string): number {
  let characters = 0
  // The second surrogate of a pair is not a character.
  for (let at = 0; at < text.length; at++) {
    if ((text.codePointAt(at) ?? 0) > 0xffff) at++
    characters++
  }
  return characters
}

/** Accepts hexadecimal, two digits per byte, as an export writes it, and with PostgreSQL's `\x`. */
function castBytes(text: string): Value | undefined {
  const trimmed = text.trim()
  const digits = trimmed.replace(/^\\x/, '')
  const isWhole = trimmed !== '' && digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits)
  return isWhole ? digits.toLowerCase() : undefined
}

const BOOLEANS = new Map<string, 0 | 1>([
  ...['1', 'true', 't', 'yes', 'y', 'si', 'sí', 's'].map((word) => [word, 1] as const),
  ...['0', 'false', 'f', 'no', 'n'].map((word) => [word, 0] as const),
])

function castBoolean(text: string): Value | undefined {
  return BOOLEANS.get(text.trim().toLowerCase())
}
