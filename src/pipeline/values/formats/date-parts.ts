import { isDate } from '../dates.ts'
import { rememberedByNumber } from '../remembered.ts'

/** A date, and perhaps a time of day. The digits of the fraction are kept as they are. */
export type DateParts = {
  year: number
  month: number
  day: number
  time: TimeParts | undefined
}

export type TimeParts = {
  hour: number
  minute: number
  second: number
  /** Digits after the point; may be empty. */
  fraction: string
  /** `Z`, or an offset such as +02:00; empty if none is known. */
  zone: string
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/

/** Parses a date or time as a database gives it. */
export function datePartsOf(text: string): DateParts | undefined {
  const [whole, year, month, day, hour, minute, second = '0', fraction = '', zone = ''] =
    ISO.exec(text) ?? []
  if (whole === undefined || !isDate(text.slice(0, 10))) return undefined
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  if (hour === undefined) return { ...date, time: undefined }
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second) }
  return { ...date, time: { ...time, fraction, zone } }
}

/** The date, or the time with a blank as databases write it; undefined for a day that is not. */
export function textOfParts({ year, month, day, time }: DateParts): string | undefined {
  const date = dateText(year, month, day)
  if (date === undefined) return undefined
  if (time === undefined) return date
  const { hour, minute, second, fraction, zone } = time
  if (hour > 23 || minute > 59 || second > 60) return undefined
  return `${date} ${clockText(time)}${fraction === '' ? '' : `.${fraction}`}${zoneText(zone)}`
}

/** The date of the day; undefined for one that is not. */
export function dateText(year: number, month: number, day: number): string | undefined {
  return month > 12 || day > 31 ? undefined : dateOf((year * 100 + month) * 100 + day)
}

/** To look a date up takes a fifth of the time. */
const dateOf = rememberedByNumber((number) => {
  const [year, month] = [Math.floor(number / 10_000), Math.floor(number / 100) % 100]
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(number % 100, 2)}`
  return isDate(date) ? date : undefined
})

export function clockText({
  hour,
  minute,
  second,
}: Pick<TimeParts, 'hour' | 'minute' | 'second'>): string {
  return `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`
}

/** An offset with its minutes and a colon. */
export function zoneText(zone: string): string {
  const [, hours, minutes = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? []
  return hours === undefined ? zone : `${hours}:${minutes}`
}

export function isUtc(zone: string): boolean {
  return /^(Z|[+-]00(:?00)?)$/.test(zone)
}

const PAIRS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

export function digits(number: number, length: number): string {
  return (length === 2 ? PAIRS[number] : undefined) ?? String(number).padStart(length, '0')
}

/** The year that two digits mean, within the hundred years from `pivot`. */
export function yearOf(text: string, pivot: number): number {
  const year = Number(text)
  if (text.length > 2) return year
  const inCentury = pivot - (pivot % 100) + year
  return inCentury < pivot ? inCentury + 100 : inCentury
}

/** The last two digits of a year; undefined if they mean another year. */
export function twoDigits(year: number, pivot: number): string | undefined {
  const text = digits(year % 100, 2)
  return yearOf(text, pivot) === year ? text : undefined
}

/** The hour of the day from one to twelve and the half of the day; undefined beyond twelve. */
export function hourOfDay(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}
