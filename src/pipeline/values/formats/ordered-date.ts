import type { OrderedDate } from '../../../domain/specification/fields/date-formats.ts'
import { digitsOf } from '../digits.ts'
import { remembered } from '../remembered.ts'
import {
  clockText,
  dateText,
  digits,
  hourOfDay,
  datePartsOf,
  textOfParts,
  twoDigits,
  yearOf,
  zoneText,
  type DateParts,
  type TimeParts,
} from './date-parts.ts'
import { monthName, monthNamed, monthOf } from './month-names.ts'
import { codec, type ValueCodec } from './value-codec.ts'

/** No date is longer; this bounds the work on hostile texts. */
const LONGEST = 64
const BLANK = 32
const BETWEEN = String.raw`(?:\s*[-/.,]\s*|\s+(?:(?:de|del|of)\s+)?)`
const DAY = String.raw`(?<d>\d{1,2})(?:st|nd|rd|th|º|ª)?`
const MONTH = String.raw`(?<m>\d{1,2}|\p{L}{3,10}\.?)`
const YEAR = String.raw`(?<y>\d{4}|\d{2})`
const TIME = String.raw`(?:(?:,?\s+|T)(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[ap])\.?\s?m\.?)?\s?(?<zone>Z|[+-]\d\d(?::?\d\d)?)?)?`

/** Dates whose parts come in the given order. */
export function orderedDate(format: OrderedDate): ValueCodec {
  const order = [...format.order].map((part) => (part === 'd' ? DAY : part === 'm' ? MONTH : YEAR))
  const shape = new RegExp(`^${order.join(BETWEEN)}${TIME}$`, 'iu')
  const readOther = remembered((text) => readAny(text, shape, format))
  return codec(
    (text) => readPlain(text, format.order) ?? readNamed(text, format.order) ?? readOther(text),
    (text) => {
      const parts = datePartsOf(text)
      return parts === undefined ? undefined : written(parts, format)
    },
  )
}

/** The common case without a regular expression: two digits, two digits and four, as in 31/12/2026. */
function readPlain(text: string, order: OrderedDate['order']): string | undefined {
  if (text.length !== 10) return undefined
  const first = order === 'ymd' ? 4 : 2
  const mark = text.charCodeAt(first)
  // One of / . -
  if (mark < 45 || mark > 47 || text.charCodeAt(first + 3) !== mark) return undefined
  const a = digitsOf(text, 0, first)
  const b = digitsOf(text, first + 1, first + 3)
  const c = digitsOf(text, first + 4)
  if (a === undefined || b === undefined || c === undefined) return undefined
  if (order === 'ymd') return dateText(a, b, c)
  return order === 'dmy' ? dateText(c, b, a) : dateText(c, a, b)
}

/** The next common case: the day, the name of the month and the year, as in 31-dic-2026. */
function readNamed(text: string, order: OrderedDate['order']): string | undefined {
  if (order !== 'dmy') return undefined
  const first = digitsOf(text, 1, 2) === undefined ? 1 : 2
  const last = text.length - 5
  const mark = text.charCodeAt(first)
  if ((mark !== BLANK && (mark < 45 || mark > 47)) || text.charCodeAt(last) !== mark) {
    return undefined
  }
  const [day, year] = [digitsOf(text, 0, first), digitsOf(text, last + 1)]
  const month = monthNamed(text.slice(first + 1, last))
  if (day === undefined || year === undefined || month === undefined) return undefined
  return dateText(year, month, day)
}

function readAny(text: string, shape: RegExp, { pivot }: OrderedDate): string | undefined {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST) return undefined
  const { d, m, y, ...clock } = shape.exec(trimmed)?.groups ?? {}
  const month = m === undefined ? undefined : monthOf(m)
  if (d === undefined || y === undefined || month === undefined) return undefined
  const date = { year: yearOf(y, pivot), month, day: Number(d) }
  if (clock['hour'] === undefined) return textOfParts({ ...date, time: undefined })
  const time = timeOf(clock)
  return time === undefined ? undefined : textOfParts({ ...date, time })
}

function timeOf(clock: Record<string, string | undefined>): TimeParts | undefined {
  const { hour: text, minute, second = '0', fraction = '', half, zone = '' } = clock
  const hour = half === undefined ? Number(text) : hourOfDay(Number(text), half)
  if (hour === undefined) return undefined
  const isUpper = { zone: zone.toUpperCase() }
  return { hour, minute: Number(minute), second: Number(second), fraction, ...isUpper }
}

function written({ year, month, day, time }: DateParts, format: OrderedDate): string | undefined {
  const years = format.year === 'two' ? twoDigits(year, format.pivot) : digits(year, 4)
  if (years === undefined) return undefined
  const { month: length, language } = format
  const months = length === 'number' ? digits(month, 2) : monthName(month, { length, language })
  const parts = { d: digits(day, 2), m: months, y: years }
  const date = [...format.order]
    .map((part) => (part === 'd' ? parts.d : part === 'm' ? parts.m : parts.y))
    .join(format.separator)
  if (time === undefined) return date
  const { fraction, zone } = time
  return `${date} ${clockText(time)}${fraction === '' ? '' : `.${fraction}`}${zoneText(zone)}`
}
