import { QUOTES, type Language } from './languages.ts'

/** Creating a formatter costs a hundred times as much as using it, so formatters are cached. */
const numbers = new Map<Language, Intl.NumberFormat>()
const percentages = new Map<Language, Intl.NumberFormat>()
const shares = new Map<Language, Intl.NumberFormat>()
const shortTimes = new Map<Language, Intl.NumberFormat>()
const lists = new Map<Language, Intl.ListFormat>()
const enumerations = new Map<Language, Intl.ListFormat>()
const sizes = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()
const days = new Map<Language, Intl.DateTimeFormat>()

/** The delimiter that spreadsheets expect: not the comma where that is the decimal separator. */
export const SHEET_DELIMITERS: Record<Language, string> = { en: ',', es: ';' }

/** Grouped from 1,000 on; by default Spanish would show 2000 above 10.000. */
export function formatNumber(language: Language, value: number): string {
  const make = () => new Intl.NumberFormat(language, { useGrouping: 'always' })
  return cached(numbers, language, make).format(value)
}

/** A share between 0 and 1 in whole percent, rounded down: 100 only for all. */
export function formatPercent(language: Language, share: number): string {
  const options = { style: 'percent', roundingMode: 'floor' } as const
  return cached(percentages, language, () => new Intl.NumberFormat(language, options)).format(share)
}

/** A share above 0, to a tenth of a percent: never shown as 0, and as 100 only for all. */
export function formatShare(language: Language, share: number): string {
  const options = {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  } as const
  const make = () => new Intl.NumberFormat(language, options)
  const most = share < 1 ? MAX_SHOWN : 1
  const text = cached(shares, language, make).format(Math.min(Math.max(share, MIN_SHOWN), most))
  return share < MIN_SHOWN ? `< ${text}` : text
}

const MIN_SHOWN = 0.001
const MAX_SHOWN = 0.999

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A number of bytes in the largest decimal unit that fits. */
export function formatSize(language: Language, bytes: number): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const unit = SIZES[step] ?? 'byte'
  // The short form of bytes in English is "byte", also for the plural.
  const unitDisplay = step === 0 ? 'long' : 'short'
  const options = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const
  const make = () => new Intl.NumberFormat(language, options)
  return cached(sizes, `${language} ${unit}`, make).format(bytes / 1000 ** step)
}

/** Date and time to the second, by default in the machine's time zone. */
export function formatDateTime(
  language: Language,
  date: Date | string,
  timeZone?: string | undefined,
): string {
  return dateTimeFormat(language, timeZone).format(new Date(date))
}

/** A range of two times in the same format, without repeating what they have in common. */
export function formatDateSpan(
  language: Language,
  from: string,
  to: string,
  timeZone: string,
): string {
  return dateTimeFormat(language, timeZone).formatRange(new Date(from), new Date(to))
}

function dateTimeFormat(language: Language, timeZone: string | undefined): Intl.DateTimeFormat {
  const make = () =>
    new Intl.DateTimeFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      ...(timeZone === undefined ? {} : { timeZone }),
    })
  return cached(dates, `${language} ${timeZone ?? ''}`, make)
}

/** Day and minute, with the year only if it differs from that of `now`: 28 Nov 13:14. */
export function formatShortDateTime(
  language: Language,
  date: Date | string,
  { now, timeZone }: { now: Date; timeZone: string },
): string {
  const make = () =>
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    })
  const format = cached(dates, `short ${language} ${timeZone}`, make)
  const partsOf = (instant: Date) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
    return (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  }
  const [part, partOfNow] = [partsOf(new Date(date)), partsOf(now)]
  const year = part('year') === partOfNow('year') ? '' : ` ${part('year')}`
  return `${part('day')} ${part('month')}${year} ${part('hour')}:${part('minute')}`
}

/** The day of an instant in a time zone, as `2026-01-31`. */
export function dayIn(instant: Date, timeZone: string): string {
  const make = () =>
    new Intl.DateTimeFormat('sv', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      timeZone,
    })
  return cached(dates, `day ${timeZone}`, make).format(instant)
}

/** Formats a day given as `2026-01-31`, independent of the time zone. */
export function formatDay(language: Language, day: string): string {
  const make = () => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  return cached(days, language, make).format(new Date(day))
}

/** Minutes and seconds, and hours if there are any: 0:07, 12:30, 1:02:03. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The same with units, for a sentence: 1 min 20 s. */
export function formatTimeSpan(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const parts = Object.entries({ h, min, s }).filter(([, value]) => value > 0)
  return parts.map(([unit, value]) => `${value} ${unit}`).join(' ')
}

/** Like `formatDuration`, but with tenths below a second: 0.4 s, 0:07. */
export function formatShortTime(language: Language, milliseconds: number): string {
  const isShort = milliseconds > 0 && milliseconds < 950
  if (!isShort) return formatDuration(milliseconds)
  const make = () => new Intl.NumberFormat(language, { maximumSignificantDigits: 1 })
  return `${cached(shortTimes, language, make).format(milliseconds / 1000)} s`
}

/** Alternatives in quotes: "Paused", "Finished", or "Cancelled". */
export function formatChoice(language: Language, choices: string[]): string {
  const options = { type: 'disjunction' } as const
  const quoted = choices.map((choice) => QUOTES[language].join(choice))
  return cached(lists, language, () => new Intl.ListFormat(language, options)).format(quoted)
}

/** An enumeration: inserted, updated, and deleted. */
export function formatList(language: Language, words: string[]): string {
  const options = { type: 'conjunction' } as const
  return cached(enumerations, language, () => new Intl.ListFormat(language, options)).format(words)
}

function cached<Key, Value>(cache: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = cache.get(key) ?? make()
  cache.set(key, value)
  return value
}
