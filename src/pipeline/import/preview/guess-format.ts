import type { ColumnInfo } from '../../../domain/records/table.ts'
import { namedFormat } from '../../../domain/specification/fields/named-formats.ts'
import type { UnclearFormat } from '../../../domain/words/problems-of-steps.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { castError, castFor } from '../../values/cast.ts'
import { Altered } from '../../values/altered.ts'
import { codecOf } from '../../values/formats/codec-of.ts'
import { dateReader } from '../../values/formats/date-reader.ts'
import { currencyIn, currencyOf } from '../../values/formats/currency-mark.ts'
import { isNumberText } from '../../values/numbers.ts'

/** How values are written, as far as they show it. */
export type FormatGuess =
  /** As the column takes them, or in no format that is known. */
  | { kind: 'none' }
  | { kind: 'format'; format: ValueFormat }
  /** The order of dates, decimal point or comma: only who knows the file can tell. */
  | { kind: 'ambiguous'; of: UnclearFormat }

const NONE: FormatGuess = { kind: 'none' }

/** The share of the values that must be in a format: some are always wrong. */
const ENOUGH = 0.8

const DATES = (['dmy', 'mdy', 'ymd'] as const).map((key) => namedFormat(key))

/**
 * Guesses the format of the values of a field.
 * @param column the field; undefined for one of a table that is still to be created
 */
export function guessFormat(texts: string[], column: ColumnInfo | undefined): FormatGuess {
  const values = texts.map((text) => text.trim()).filter((text) => text !== '')
  if (values.length === 0) return NONE
  switch (column?.type) {
    case 'date':
    case 'datetime':
      return fitAsTheyAre(values, column) ? NONE : bestDate(values)
    case 'integer':
    case 'number':
      return best(values, numberReaders(values, column))
    case 'boolean':
      return fitAsTheyAre(values, column) ? NONE : bestBoolean(values)
    case undefined: {
      const number = mayBeNumbers(values) ? best(values, numberReaders(values)) : NONE
      const isDate = values.every((text) => /\d[/.-]\d/.test(text) || !/\d/.test(text))
      return number.kind !== 'none' || !isDate ? number : bestDate(values)
    }
    default:
      return NONE
  }
}

/** Whether a column takes nearly all of these values. */
export function fitAsTheyAre(values: string[], column: ColumnInfo): boolean {
  const misfits = values.filter((text) => !fits(column, text))
  return misfits.length <= (1 - ENOUGH) * values.length
}

/** Whether a column takes a value as it is. */
export function fits(column: ColumnInfo, text: string): boolean {
  const cast = castFor(column)
  const value = cast === null ? text : cast(text)
  return !(value instanceof Altered) && castError(column, text, value) === undefined
}

/** Only what cannot be anything else, or is a number in any case: a code may look like one. */
function mayBeNumbers(values: string[]): boolean {
  if (values.some((text) => /^-?0\d/.test(text))) return false
  return values.some(isMarked) || values.every(isNumberText)
}

function isMarked(text: string): boolean {
  const isAmount = currencyIn(text) !== undefined && /\p{Sc}|\d\.\d/u.test(text)
  return /\d,\d/.test(text) || isPercent(text) || isAmount
}

function isPercent(text: string): boolean {
  return /\d\s?%$/.test(text)
}

type Read = (text: string) => string | undefined
/** A format, or null for none, and how it reads. */
type Reader = { format: ValueFormat | null; read: Read }

function bestDate(values: string[]): FormatGuess {
  return best(
    values,
    DATES.map((format) => ({ format, read: dateReader(format) })),
  )
}

function bestBoolean(values: string[]): FormatGuess {
  const format = namedFormat('yes_no')
  return best(values, [{ format, read: codecOf(format, 'boolean').read }])
}

/**
 * The guess for a field; where too many values are of no format to guess one, those that its column
 * takes as they are, and that may be another number, are still asked for.
 */
export function guessOrAsk(texts: string[], column: ColumnInfo | undefined): FormatGuess {
  const guess = guessFormat(texts, column)
  const isNumber = column?.type === 'integer' || column?.type === 'number'
  if (guess.kind !== 'none' || !isNumber) return guess
  const values = texts.map((text) => text.trim())
  const readers = numberReaders(values, column)
  const reads = readers.map(({ read }) => read)
  const numbers = values.filter((text) => reads.some((read) => read(text) !== undefined))
  if (best(numbers, readers).kind === 'none') return NONE
  const isUnclear = numbers.some((text) => {
    const [asItIs, ...others] = reads.map((read) => read(text))
    return asItIs !== undefined && others.some((one) => one !== undefined && one !== asItIs)
  })
  return isUnclear ? { kind: 'ambiguous', of: 'numbers_unclear' } : NONE
}

/** The ways to read numbers for a field, or for one to come; first as they are. */
function numberReaders(values: string[], column?: ColumnInfo): Reader[] {
  const arePercent = values.filter(isPercent).length >= ENOUGH * values.length
  const mark = currencyOf(values)
  const numbers = [namedFormat('decimal_comma', mark), namedFormat('decimal_point', mark)]
  // Where no value has decimals, a sign in front is rather of who writes a point.
  if (mark?.currencyPlace === 'before') numbers.reverse()
  const formats = arePercent ? [namedFormat('percent'), namedFormat('percent_point')] : numbers
  const fitting = (text: string | undefined) =>
    text !== undefined && (column === undefined ? isNumberText(text) : fits(column, text))
      ? String(Number(text))
      : undefined
  const readers = formats.map((format) => {
    const { read } = codecOf(format, 'number')
    return { format, read: (text: string) => fitting(read(text)) }
  })
  return [{ format: null, read: fitting }, ...readers]
}

/** The format in which most of the values are, if these are enough; null stands for none. */
function best(values: string[], readers: Reader[]): FormatGuess {
  const counted = readers.map(({ format, read }) => {
    const reads = values.map((text) => read(text))
    return { format, reads, count: reads.filter((one) => one !== undefined).length }
  })
  const most = Math.max(...counted.map(({ count }) => count))
  const first = counted.find(({ count }) => count === most)
  if (first === undefined || most < ENOUGH * values.length) return NONE
  const found = counted.filter((one) => one === first || isRival(one.reads, first.reads))
  // Records behind the first ones may have a day that is not also its month.
  const areDates = first.format?.kind === 'date'
  const isOne = areDates ? found.length === 1 : areTheSame(found.map(({ reads }) => reads))
  if (!isOne) return { kind: 'ambiguous', of: unclearOf(found.map(({ format }) => format)) }
  return first.format === null ? NONE : { kind: 'format', format: first.format }
}

type Reads = (string | undefined)[]

/** Whether the values that only one of two formats reads speak for neither of them clearly. */
function isRival(other: Reads, first: Reads): boolean {
  const its = onlyIn(other, first)
  const own = onlyIn(first, other)
  return its === own || own < ENOUGH * (own + its)
}

function onlyIn(reads: Reads, others: Reads): number {
  return reads.filter((one, at) => one !== undefined && others[at] === undefined).length
}

/** What stays open between several formats. */
function unclearOf(formats: (ValueFormat | null)[]): UnclearFormat {
  const orders = formats.flatMap((format) => (format?.kind === 'date' ? [format.order] : []))
  if (orders.length === 0) return 'numbers_unclear'
  else if (!orders.includes('ymd')) return 'dates_unclear'
  else if (!orders.includes('mdy')) return 'day_or_year_unclear'
  else if (!orders.includes('dmy')) return 'month_or_year_unclear'
  else return 'orders_unclear'
}

/** Whether all read the same from the values, as where no number has decimals. */
function areTheSame([first = [], ...others]: Reads[]): boolean {
  return others.every((reads) => reads.every((one, at) => one === first[at]))
}
