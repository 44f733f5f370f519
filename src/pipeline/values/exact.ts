import { isClock, isDate, isDatetime } from './dates.ts'

/** Texts that a database of exact types writes back as they are. */

const WHOLE = /^(?:0|-?[1-9]\d{0,18})$/
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Far fewer than a server takes. */
const MOST_DIGITS = 1_000
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/
const [INT32, INT64] = [2n ** 31n, 2n ** 63n]
const ZONE = /(?:Z|[+-]\d\d(?::?\d\d)?)$/
const WRITTEN_TIME = /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{0,5}[1-9])?$/
/** What the server would round, or has no such zone for. */
const BEYOND_SERVER = /\.\d{7}|[+-](?:1[6-9]|[2-9]\d)(?::?\d\d)?$/

export function isInt32(text: string): boolean {
  return isWithin(text, INT32)
}

export function isInt64(text: string): boolean {
  return isWithin(text, INT64)
}

function isWithin(text: string, limit: bigint): boolean {
  if (!WHOLE.test(text)) return false
  const number = BigInt(text)
  return number >= -limit && number < limit
}

/** Zeros at the end are kept, but no sign of a zero. */
export function isExactDecimal(text: string): boolean {
  return text.length <= MOST_DIGITS && DECIMAL.test(text) && !isNegativeZero(text)
}

function isNegativeZero(text: string): boolean {
  return text.startsWith('-') && /^-[0.]+$/.test(text)
}

/** Lower case: so it is written. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** There is no year 0. */
export function isServerDate(text: string): boolean {
  return isDate(text) && !text.startsWith('0000')
}

/** With a zone. It is written back in UTC: the one type whose values are the same in another form. */
export function isInstant(text: string): boolean {
  const isUsual = text.length === 20 && text.endsWith('Z') && isClock(text)
  if (isUsual) return isServerDate(text.slice(0, 10))
  return (
    ZONE.test(text.slice(10)) &&
    isServerDate(text.slice(0, 10)) &&
    isDatetime(text) &&
    !BEYOND_SERVER.test(text.slice(10))
  )
}

/** Without a zone, as the server writes it. */
export function isServerTimestamp(text: string): boolean {
  return isServerDate(text.slice(0, 10)) && WRITTEN_TIME.test(text.slice(10))
}
