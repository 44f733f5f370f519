import { QUOTES, type Language } from './languages.ts'

/** A formatter costs a hundred times what it formats, so that each is made once. */
const numbers = new Map<Language, Intl.NumberFormat>()
const percentages = new Map<Language, Intl.NumberFormat>()
const shares = new Map<Language, Intl.NumberFormat>()
const tenths = new Map<Language, Intl.NumberFormat>()
const lists = new Map<Language, Intl.ListFormat>()
const sums = new Map<Language, Intl.ListFormat>()
const sizes = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()
const days = new Map<Language, Intl.DateTimeFormat>()

/** What spreadsheets look for between two cells: where the comma is that of decimals, it is none. */
export const SHEET_DELIMITERS: Record<Language, string> = { en: ',', es: ';' }

/** Grouped from a thousand on: Spanish would else put 2000 above 10.000. */
export function formatNumber(language: Language, value: number): string {
  const make = () => new Intl.NumberFormat(language, { useGrouping: 'always' })
  return once(numbers, language, make).format(value)
}

/** A share between 0 and 1 in whole percents, never rounded up to 100 before it is all. */
export function formatPercent(language: Language, share: number): string {
  const options = { style: 'percent', roundingMode: 'floor' } as const
  return once(percentages, language, () => new Intl.NumberFormat(language, options)).format(share)
}

/** A share of the whole to a tenth of a percent: never none where there is some, nor all before it is. */
export function formatShare(language: Language, share: number): string {
  const options = {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  } as const
  const make = () => new Intl.NumberFormat(language, options)
  const most = share < 1 ? MOST_SHOWN : 1
  const text = once(shares, language, make).format(Math.min(Math.max(share, LEAST_SHOWN), most))
  return share < LEAST_SHOWN ? `< ${text}` : text
}

const LEAST_SHOWN = 0.001
const MOST_SHOWN = 0.999

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the unit that makes a short number of them. */
export function formatSize(language: Language, bytes: number): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const unit = SIZES[step] ?? 'byte'
  // The short sign for bytes is "byte" in English, and is the same for one and for many.
  const unitDisplay = step === 0 ? 'long' : 'short'
  const options = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const
  const make = () => new Intl.NumberFormat(language, options)
  return once(sizes, `${language} ${unit}`, make).format(bytes / 1000 ** step)
}

/** Date and time to the second. Without a time zone, the machine's own. */
export function formatDateTime(
  language: Language,
  date: Date | string,
  timeZone?: string | undefined,
): string {
  return dateTimeFormat(language, timeZone).format(new Date(date))
}

/** From when to when, in the same way; what both have in common is said once. */
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
  return once(dates, `${language} ${timeZone ?? ''}`, make)
}

/** Day and minute, and the year only where it is another than that of `now`: 28 Nov 13:14. */
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
  const format = once(dates, `short ${language} ${timeZone}`, make)
  const partsOf = (instant: Date) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
    return (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  }
  const [part, partOfNow] = [partsOf(new Date(date)), partsOf(now)]
  const year = part('year') === partOfNow('year') ? '' : ` ${part('year')}`
  return `${part('day')} ${part('month')}${year} ${part('hour')}:${part('minute')}`
}

/** The day of an instant in a zone, as `2026-01-31`. */
export function dayIn(instant: Date, timeZone: string): string {
  const make = () =>
    new Intl.DateTimeFormat('sv', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      timeZone,
    })
  return once(dates, `day ${timeZone}`, make).format(instant)
}

/** A day that is written as `2026-01-31`, whatever the time zone. */
export function formatDay(language: Language, day: string): string {
  const make = () => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  return once(days, language, make).format(new Date(day))
}

/** Hours, minutes and seconds, as much as is needed: 0:07, 12:30, 1:02:03. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The same with its units, as it stands in a sentence: 1 min 20 s. */
export function formatTimeSpan(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const parts = Object.entries({ h, min, s }).filter(([, value]) => value > 0)
  return parts.map(([unit, value]) => `${value} ${unit}`).join(' ')
}

/** The same where less than a second counts: 0.4 s, 0:07. */
export function formatShortTime(language: Language, milliseconds: number): string {
  const isShort = milliseconds > 0 && milliseconds < 950
  if (!isShort) return formatDuration(milliseconds)
  const make = () => new Intl.NumberFormat(language, { maximumSignificantDigits: 1 })
  return `${once(tenths, language, make).format(milliseconds / 1000)} s`
}

/** Alternatives, each in quotes: "Paused", "Finished", or "Cancelled". */
export function formatChoice(language: Language, choices: string[]): string {
  const options = { type: 'disjunction' } as const
  const quoted = choices.map((choice) => QUOTES[language].join(choice))
  return once(lists, language, () => new Intl.ListFormat(language, options)).format(quoted)
}

/** All of them: inserted, updated, and deleted. */
export function formatList(language: Language, words: string[]): string {
  const options = { type: 'conjunction' } as const
  return once(sums, language, () => new Intl.ListFormat(language, options)).format(words)
}

function once<Key, Value>(made: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = made.get(key) ?? make()
  made.set(key, value)
  return value
}
