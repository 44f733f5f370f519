import type { Value } from '../../domain/records/record.ts'
import { digitsOf } from './digits.ts'

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
  if (isDate(text)) return text
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
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  const [year, month, day] = [digitsOf(text, 0, 4), digitsOf(text, 5, 7), digitsOf(text, 8, 10)]
  if (year === undefined || month === undefined || day === undefined) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0))
}

/** ISO 8601: a date, optionally with a time and a zone. */
export function isDatetime(text: string): boolean {
  if (!isDate(text.slice(0, 10))) return false
  const isUsual = text.length === 19 || (text.length === 20 && text.endsWith('Z'))
  return text.length === 10 || (isUsual && isClock(text)) || TIME.test(text.slice(10))
}

/** The common case without a regular expression: hours, minutes and seconds behind the date. */
export function isClock(text: string): boolean {
  const [mark, hour] = [text.charAt(10), digitsOf(text, 11, 13)]
  const [minute, second] = [digitsOf(text, 14, 16), digitsOf(text, 17, 19)]
  if (hour === undefined || minute === undefined || second === undefined) return false
  const isMarked = (mark === ' ' || mark === 'T') && text[13] === ':' && text[16] === ':'
  return isMarked && hour < 24 && minute < 60 && second < 60
}
