import type { ColumnInfo, ColumnType, Value } from '../db/target.ts'
import type { Message } from '../domain/messages.ts'

/** What a text is as a value of the column; undefined where it is none. The text is not empty. */
export type Cast = (text: string) => Value | undefined

/** Numbers of so many decimal digits are kept exactly, whatever the digits are. */
export const SAFE_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: SAFE_DIGITS + 1 }, (_, power) => Number(`1e${power}`))
const POINT = '.'.charCodeAt(0) - 48
const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

/** The cast of each column type; null where the text is the value. */
const CASTS: Record<ColumnType, Cast | null> = {
  integer: castInteger,
  number: castNumber,
  text: null,
  boolean: castBoolean,
  date: castDate,
  datetime: castDatetime,
  blob: castBytes,
  any: null,
}

export function castFor(column: ColumnInfo): Cast | null {
  return CASTS[column.type]
}

/** Why the text does not go into the column, or undefined where it does. */
export function misfit(
  column: ColumnInfo,
  text: string,
  value: Value | undefined,
): Message | undefined {
  if (value === undefined) {
    return { code: 'TLY-3001', params: { value: shorten(text), type: column.type } }
  }
  const { maxLength } = column
  // A length in UTF-16 units that fits, fits in characters too: only the others are counted.
  if (maxLength === null || text.length <= maxLength) return undefined
  const length = [...text].length
  return length <= maxLength
    ? undefined
    : { code: 'TLY-3010', params: { limit: maxLength, length } }
}

export function isIntegerText(text: string): boolean {
  return /^[+-]?\d+$/.test(text)
}

export function isNumberText(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)
}

function castInteger(text: string): Value | undefined {
  const plain = digitsOf(text)
  if (plain !== undefined) return plain

  const trimmed = text.trim()
  if (!isIntegerText(trimmed)) return undefined
  if (trimmed.length <= SAFE_DIGITS) return Number(trimmed)
  const big = BigInt(trimmed.replace(/^\+/, ''))
  if (big > INT64_MAX || big < INT64_MIN) return undefined
  return big
}

/** The common case without a regular expression: nothing but a few digits. */
function digitsOf(text: string): number | undefined {
  if (text.length === 0 || text.length > SAFE_DIGITS) return undefined
  let number = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    number = number * 10 + digit
  }
  return number
}

/**
 * The same for digits with a point among them. Both numbers are whole and small enough to be exact,
 * so their quotient is the double that is nearest to the text.
 */
function decimalOf(text: string): number | undefined {
  let number = 0
  let decimals = -1
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit === POINT && decimals === -1) decimals = text.length - at - 1
    else if (digit < 0 || digit > 9) return undefined
    else number = number * 10 + digit
  }
  const digits = decimals === -1 ? text.length : text.length - 1
  if (digits === 0 || digits > SAFE_DIGITS) return undefined
  return decimals <= 0 ? number : number / (POWERS_OF_TEN[decimals] ?? 1)
}

function castNumber(text: string): Value | undefined {
  const plain = decimalOf(text)
  if (plain !== undefined) return plain

  const trimmed = text.trim()
  if (!isNumberText(trimmed)) return undefined
  const number = Number(trimmed)
  if (!Number.isFinite(number)) return undefined
  // More digits than a double holds: as exactly as the database can take them.
  const isLong = trimmed.length > SAFE_DIGITS + 1 && isIntegerText(trimmed)
  return isLong ? (castInteger(trimmed) ?? number) : number
}

/** As an export writes them: two hexadecimal digits a byte. */
function castBytes(text: string): Value | undefined {
  const trimmed = text.trim()
  return /^([0-9a-f]{2})+$/i.test(trimmed) ? trimmed.toLowerCase() : undefined
}

const BOOLEANS = new Map<string, 0 | 1>([
  ...['1', 'true', 't', 'yes', 'y', 'si', 'sí', 's'].map((word) => [word, 1] as const),
  ...['0', 'false', 'f', 'no', 'n'].map((word) => [word, 0] as const),
])

function castBoolean(text: string): Value | undefined {
  return BOOLEANS.get(text.trim().toLowerCase())
}

function castDate(text: string): Value | undefined {
  const trimmed = text.trim()
  return isDate(trimmed) ? trimmed : undefined
}

/** ISO 8601: a date alone, or with a time and perhaps a zone. */
function castDatetime(text: string): Value | undefined {
  const trimmed = text.trim()
  const time = /^[T ]([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$/
  return isDate(trimmed.slice(0, 10)) && (trimmed.length === 10 || time.test(trimmed.slice(10)))
    ? trimmed
    : undefined
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (days[month - 1] ?? 0)
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`
}
