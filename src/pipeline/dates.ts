import type { Value } from '../db/target.ts'

/** Midnight, of which a date has no need. */
const MIDNIGHT = /^[T ]00:00(:00(\.0{1,9})?)?(Z|[+-]00(:?00)?)?$/
const TIME = /^[T ]([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$/
/**
 * Seconds, milliseconds or microseconds since 1970, as many programs keep times. A number of 8 or
 * 14 digits is a date without its hyphens, and would be another time.
 */
const EPOCH = /^[+-]?[1-9](\d{8,9}|\d{11,12}|\d{14,15})$/

export function castDate(text: string): Value | undefined {
  const trimmed = text.trim()
  const [date, time] = [trimmed.slice(0, 10), trimmed.slice(10)]
  if (isDate(date) && (time === '' || MIDNIGHT.test(time))) return date
  return epochOf(trimmed)
}

/** ISO 8601: a date alone, or with a time and perhaps a zone. */
export function castDatetime(text: string): Value | undefined {
  const trimmed = text.trim()
  const [date, time] = [trimmed.slice(0, 10), trimmed.slice(10)]
  if (isDate(date) && (time === '' || TIME.test(time))) return trimmed
  return epochOf(trimmed)
}

/** Whole in a column of any type, where a double might become a text with decimals. */
function epochOf(text: string): bigint | undefined {
  return EPOCH.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (days[month - 1] ?? 0)
}
