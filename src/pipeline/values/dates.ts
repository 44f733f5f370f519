import type { Value } from '../../domain/records/record.ts'
import { digitsOf } from './numbers.ts'

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Midnight, which a date can drop. */
const MIDNIGHT = /^[T ]00:00(:00(\.0{1,9})?)?(Z|[+-]00(:?00)?)?$/
const TIME = /^[T ]([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$/
/**
 * A Unix timestamp in seconds, milliseconds or microseconds. A number of 8 or 14 digits is a date
 * without hyphens, so it is left out.
 */
const EPOCH = /^[+-]?[1-9](\d{8,9}|\d{11,12}|\d{14,15})$/

export function castDate(text: string): Value | undefined {
  const trimmed = text.trim()
  const date = trimmed.slice(0, 10)
  if (isDate(date) && (trimmed === date || MIDNIGHT.test(trimmed.slice(10)))) return date
  return epochOf(trimmed)
}

export function castDatetime(text: string): Value | undefined {
  const trimmed = text.trim()
  return isDatetime(trimmed) ? trimmed : epochOf(trimmed)
}

/** A bigint in a column of any type, because a double might become a text with decimals. */
function epochOf(text: string): bigint | undefined {
  return EPOCH.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined
}

/** No regular expression, because it runs on every value of a column. */
export function isDate(text: string): boolean {
  if (text.length !== 10 || text.charAt(4) !== '-' || text.charAt(7) !== '-') return false
  const [year, month, day] = [digitsOf(text, 0, 4), digitsOf(text, 5, 7), digitsOf(text, 8, 10)]
  if (year === undefined || month === undefined || day === undefined) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0))
}

/** ISO 8601: a date, optionally with a time and a zone. */
export function isDatetime(text: string): boolean {
  return isDate(text.slice(0, 10)) && (text.length === 10 || TIME.test(text.slice(10)))
}
