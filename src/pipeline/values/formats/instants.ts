import type { EpochDate, ExcelDate } from '../../../domain/specification/fields/date-formats.ts'
import { trimEndOf } from '../../../domain/texts/shorten.ts'
import { digitsOf } from '../digits.ts'
import { rememberedByNumber } from '../remembered.ts'
import { digits, isUtc, datePartsOf, type DateParts } from './date-parts.ts'
import { codec, type ValueCodec } from './value-codec.ts'

const DAY_SECONDS = 86_400
const DAY_MS = DAY_SECONDS * 1_000
/** From the beginning of the year 1 to the end of the year 9999, in days since 1970. */
const FIRST_DAY = Date.parse('0001-01-01') / DAY_MS
const LAST_DAY = Date.parse('9999-12-31') / DAY_MS

const SECONDS_TEXT = /^([+-]?)(\d{1,12})(?:\.(\d{1,9}))?$/
const MILLISECONDS_TEXT = /^[+-]?\d{1,15}$/

/** Seconds or milliseconds since 1970 began in UTC. */
export function epochDate({ unit }: EpochDate): ValueCodec {
  return unit === 'seconds'
    ? codec(readSeconds, (text) => writeSeconds(text))
    : codec(readMilliseconds, (text) => writeMilliseconds(text))
}

/** A fraction of a second before 1970 counts from the second below. */
function readSeconds(text: string): string | undefined {
  // The common case without a regular expression.
  const plain = text.length > 12 ? undefined : digitsOf(text)
  if (plain !== undefined) return utcText(plain, '')
  const [whole, sign, seconds, decimals = ''] = SECONDS_TEXT.exec(text.trim()) ?? []
  if (whole === undefined) return undefined
  const fraction = trimEndOf(decimals, '0')
  const isBelow = sign === '-' && fraction !== ''
  const at = Number(seconds) * (sign === '-' ? -1 : 1) - (isBelow ? 1 : 0)
  return utcText(at, isBelow ? complement(fraction) : fraction)
}

function readMilliseconds(text: string): string | undefined {
  const trimmed = text.trim()
  if (!MILLISECONDS_TEXT.test(trimmed)) return undefined
  const ms = Number(trimmed)
  const second = Math.floor(ms / 1_000)
  return utcText(second, trimEndOf(digits(ms - second * 1_000, 3), '0'))
}

function writeSeconds(text: string): string | undefined {
  const instant = instantOf(text)
  if (instant === undefined) return undefined
  const { second, fraction } = instant
  if (fraction === '' || second >= 0) return `${second}${fraction === '' ? '' : `.${fraction}`}`
  return `-${-(second + 1)}.${complement(fraction)}`
}

function writeMilliseconds(text: string): string | undefined {
  const instant = instantOf(text)
  if (instant === undefined || instant.fraction.length > 3) return undefined
  return String(instant.second * 1_000 + Number(instant.fraction.padEnd(3, '0')))
}

/** Seconds since 1970 began. A time without a zone is taken for UTC. */
export function instantOf(text: string): { second: number; fraction: string } | undefined {
  const parts = datePartsOf(text)
  if (parts === undefined || parts.time?.second === 60) return undefined
  const { zone = '', fraction = '' } = parts.time ?? {}
  const offset = isUtc(zone) || zone === '' ? 0 : offsetOf(zone)
  const at = utcOf(parts) / 1_000 - offset
  return { second: at, fraction: trimEndOf(fraction, '0') }
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  return (Number(hours) * 3_600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1)
}

function utcOf({ year, month, day, time }: DateParts): number {
  const date = new Date(0)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(time?.hour ?? 0, time?.minute ?? 0, time?.second ?? 0)
  return date.getTime()
}

/** @param second since 1970 */
function utcText(second: number, fraction: string): string | undefined {
  const text = timeText(second, fraction)
  return text === undefined ? undefined : `${text}Z`
}

function timeText(second: number, fraction: string): string | undefined {
  const day = Math.floor(second / DAY_SECONDS)
  const date = textOfDay(day)
  if (date === undefined) return undefined
  const clock = second - day * DAY_SECONDS
  const text = `${date}${MINUTES[Math.floor(clock / 60)]}${SECONDS[clock % 60]}`
  return fraction === '' ? text : `${text}.${fraction}`
}

/** The texts that follow a date: fewer pieces make a text faster. */
const MINUTES = Array.from(
  { length: 24 * 60 },
  (_, minute) => ` ${digits(Math.floor(minute / 60), 2)}:${digits(minute % 60, 2)}`,
)
const SECONDS = Array.from({ length: 60 }, (_, second) => `:${digits(second, 2)}`)

/** The date of a day since 1970; undefined for one before the year 1 or after the year 9999. */
const textOfDay = rememberedByNumber((day) =>
  day < FIRST_DAY || day > LAST_DAY ? undefined : new Date(day * DAY_MS).toISOString().slice(0, 10),
)

/** The digits that make one with these. */
function complement(fraction: string): string {
  return digits(10 ** fraction.length - Number(fraction), fraction.length)
}

const SERIAL = /^\d{1,7}(?:\.\d{1,15})?$/
/** 29 February 1900, a day that spreadsheets count and that never was. */
const PHANTOM_DAY = 60

/** The serial numbers of spreadsheets, to the millisecond, as these keep them. */
export function excelDate({ epoch }: ExcelDate): ValueCodec {
  const is1900 = epoch === '1900'
  const start = is1900 ? Date.UTC(1899, 11, 31) : Date.UTC(1904, 0, 1)
  const first = is1900 ? 1 : 0
  return codec(
    (text) => {
      const trimmed = text.trim()
      if (!SERIAL.test(trimmed)) return undefined
      const serial = Number(trimmed)
      const day = Math.floor(serial)
      if (day < first || (is1900 && day === PHANTOM_DAY)) return undefined
      const real = is1900 && day > PHANTOM_DAY ? day - 1 : day
      const clock = Math.round((serial - day) * DAY_MS)
      return ofClock(start + real * DAY_MS + clock, trimmed.includes('.'))
    },
    (text) => {
      const parts = datePartsOf(text)
      const { zone = '', fraction = '', second = 0 } = parts?.time ?? {}
      if (parts === undefined || (zone !== '' && !isUtc(zone)) || second === 60) return undefined
      const millis = fraction.padEnd(3, '0')
      if (/[1-9]/.test(millis.slice(3))) return undefined
      const ms = utcOf(parts) - start
      const real = Math.floor(ms / DAY_MS)
      const day = is1900 && real >= PHANTOM_DAY ? real + 1 : real
      if (day < first) return undefined
      const clock = ms - real * DAY_MS + Number(millis.slice(0, 3))
      const part = parts.time === undefined ? '' : (clock / DAY_MS).toFixed(10).slice(1)
      return `${day}${part}`
    },
  )
}

function ofClock(ms: number, hasTime: boolean): string | undefined {
  if (!hasTime) return textOfDay(Math.floor(ms / DAY_MS))
  const second = Math.floor(ms / 1_000)
  return timeText(second, trimEndOf(digits(ms - second * 1_000, 3), '0'))
}
