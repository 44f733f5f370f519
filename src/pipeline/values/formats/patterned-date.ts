import type { PatternedDate } from '../../../domain/specification/fields/date-formats.ts'
import {
  parseDatePattern,
  type DateLetters,
  type DatePiece,
} from '../../../domain/specification/fields/date-pattern.ts'
import {
  digits,
  hourOfDay,
  isUtc,
  datePartsOf,
  textOfParts,
  twoDigits,
  yearOf,
  zoneText,
  type DateParts,
} from './date-parts.ts'
import { fixedReader } from './fixed-date.ts'
import { monthName, monthOf } from './month-names.ts'
import { remembered } from '../remembered.ts'
import { codec, type ValueCodec } from './value-codec.ts'

const SHAPES: Record<DateLetters, string> = {
  yyyy: String.raw`(\d{4})`,
  yy: String.raw`(\d{2})`,
  MMMM: String.raw`(\p{L}{3,10}\.?)`,
  MMM: String.raw`(\p{L}{3,10}\.?)`,
  MM: String.raw`(\d{2})`,
  M: String.raw`(\d{1,2})`,
  dd: String.raw`(\d{2})`,
  d: String.raw`(\d{1,2})`,
  HH: String.raw`(\d{2})`,
  H: String.raw`(\d{1,2})`,
  hh: String.raw`(\d{2})`,
  h: String.raw`(\d{1,2})`,
  mm: String.raw`(\d{2})`,
  ss: String.raw`(\d{2})`,
  SSS: String.raw`(\d{3})`,
  a: String.raw`([ap])\.?\s?m\.?`,
  XXX: String.raw`(Z|[+-]\d\d:\d\d)`,
}
const LONGEST = 200
const NO_TIME = { hour: 0, minute: 0, second: 0, fraction: '', zone: '' }

/** Dates exactly as in the pattern. */
export function patternedDate(format: PatternedDate): ValueCodec {
  const pieces = parseDatePattern(format.pattern) ?? []
  const shape = new RegExp(
    `^${pieces.map((piece) => ('text' in piece ? escape(piece.text) : SHAPES[piece.letters])).join('')}$`,
    'iu',
  )
  const letters = pieces.flatMap((piece) => ('letters' in piece ? [piece.letters] : []))
  const readFixed = fixedReader(pieces)
  const readAny = remembered((text) => read(text.trim(), { shape, letters, pivot: format.pivot }))
  return codec(
    (text) => readFixed?.(text) ?? readAny(text),
    (text) => {
      const parts = datePartsOf(text)
      return parts === undefined ? undefined : write(parts, pieces, format)
    },
  )
}

type Shape = { shape: RegExp; letters: DateLetters[]; pivot: number }

function read(text: string, { shape, letters, pivot }: Shape): string | undefined {
  const found = text.length > LONGEST ? null : shape.exec(text)
  if (found === null) return undefined
  const valueOf = (...wanted: DateLetters[]) => {
    const at = letters.findIndex((one) => wanted.includes(one))
    return at === -1 ? undefined : found[at + 1]
  }
  const month = monthOf(valueOf('MMMM', 'MMM', 'MM', 'M') ?? '')
  const half = valueOf('a')
  const given = valueOf('HH', 'H', 'hh', 'h')
  const hour = half === undefined ? Number(given) : hourOfDay(Number(given), half)
  if (month === undefined || hour === undefined) return undefined
  const [years, day] = [valueOf('yyyy', 'yy') ?? '', Number(valueOf('dd', 'd'))]
  const date = { year: yearOf(years, pivot), month, day }
  if (given === undefined) return textOfParts({ ...date, time: undefined })
  const time = {
    hour,
    minute: Number(valueOf('mm') ?? 0),
    second: Number(valueOf('ss') ?? 0),
    fraction: valueOf('SSS') ?? '',
    zone: (valueOf('XXX') ?? '').toUpperCase(),
  }
  return textOfParts({ ...date, time })
}

/** Undefined if the pattern would lose a part of the value. */
function write(
  { year, month, day, time }: DateParts,
  pieces: DatePiece[],
  { language, pivot }: PatternedDate,
): string | undefined {
  const { hour, minute, second, fraction, zone } = time ?? NO_TIME
  const has = (...wanted: DateLetters[]) =>
    pieces.some((piece) => 'letters' in piece && wanted.includes(piece.letters))
  const hasClock = has('HH', 'H', 'hh', 'h')
  const isLost =
    (!hasClock && hour + minute > 0) ||
    (!has('ss') && second > 0) ||
    (!has('XXX') && zone !== '' && !isUtc(zone)) ||
    (has('XXX') && zone === '')
  const millis = fraction.padEnd(3, '0')
  if (isLost || /[1-9]/.test(has('SSS') ? millis.slice(3) : fraction)) return undefined

  const years = has('yy') ? twoDigits(year, pivot) : digits(year, 4)
  if (years === undefined) return undefined
  const texts: Record<DateLetters, string> = {
    yyyy: years,
    yy: years,
    MMMM: monthName(month, { length: 'long', language }),
    MMM: monthName(month, { length: 'short', language }),
    MM: digits(month, 2),
    M: String(month),
    dd: digits(day, 2),
    d: String(day),
    HH: digits(hour, 2),
    H: String(hour),
    hh: digits(hour % 12 || 12, 2),
    h: String(hour % 12 || 12),
    mm: digits(minute, 2),
    ss: digits(second, 2),
    SSS: millis.slice(0, 3),
    a: hour < 12 ? 'AM' : 'PM',
    XXX: isUtc(zone) ? 'Z' : zoneText(zone),
  }
  return pieces.map((piece) => ('text' in piece ? piece.text : texts[piece.letters])).join('')
}

function escape(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
}
