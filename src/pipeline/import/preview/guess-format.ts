import type { ColumnInfo } from '../../../domain/records/table.ts'
import { namedFormat } from '../../../domain/specification/fields/named-formats.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { castError, castFor } from '../../values/cast.ts'
import { Altered } from '../../values/altered.ts'
import { codecOf } from '../../values/formats/codec-of.ts'
import { currencyIn, currencyOf } from '../../values/formats/currency-mark.ts'
import { isNumberText } from '../../values/numbers.ts'

/** How values are written, as far as they show it. */
export type FormatGuess =
  /** As the column takes them, or in no format that is known. */
  | { kind: 'none' }
  | { kind: 'format'; format: ValueFormat }
  /** Day or month first, decimal point or comma: only who knows the file can tell. */
  | { kind: 'ambiguous'; of: 'date' | 'number' }

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
      return bestNumber(values, (text) => fits(column, text))
    case 'boolean':
      return fitAsTheyAre(values, column) ? NONE : bestBoolean(values)
    case undefined: {
      const number = mayBeNumbers(values) ? bestNumber(values, isNumberText) : NONE
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

function fits(column: ColumnInfo, text: string): boolean {
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

function bestDate(values: string[]): FormatGuess {
  const formats = DATES.map((format) => ({ format, read: codecOf(format, 'date').read }))
  return best(values, formats, 'date')
}

function bestBoolean(values: string[]): FormatGuess {
  const format = namedFormat('yes_no')
  return best(values, [{ format, read: codecOf(format, 'boolean').read }], 'number')
}

/** @param takes whether a number with a decimal point fits the field */
function bestNumber(values: string[], takes: (text: string) => boolean): FormatGuess {
  const arePercent = values.filter(isPercent).length >= ENOUGH * values.length
  const mark = currencyOf(values)
  const numbers = [namedFormat('decimal_comma', mark), namedFormat('decimal_point', mark)]
  // Where no value has decimals, a sign in front is rather of who writes a point.
  if (mark?.currencyPlace === 'before') numbers.reverse()
  const formats = arePercent ? [namedFormat('percent'), namedFormat('percent_point')] : numbers
  const fitting = (text: string | undefined) =>
    text !== undefined && takes(text) ? String(Number(text)) : undefined
  const readers = formats.map((format) => {
    const { read } = codecOf(format, 'number')
    return { format, read: (text: string) => fitting(read(text)) }
  })
  return best(values, [{ format: null, read: fitting }, ...readers], 'number')
}

/** The format in which most of the values are, if these are enough; null stands for none. */
function best(
  values: string[],
  formats: { format: ValueFormat | null; read: Read }[],
  of: 'date' | 'number',
): FormatGuess {
  const counted = formats.map((one) => ({
    ...one,
    count: values.filter((text) => one.read(text) !== undefined).length,
  }))
  const most = Math.max(...counted.map(({ count }) => count))
  const found = counted.filter(({ count }) => count === most)
  const [first] = found
  if (first === undefined || most < ENOUGH * values.length) return NONE
  const isOne = areTheSame(
    values,
    found.map(({ read }) => read),
  )
  if (!isOne) return { kind: 'ambiguous', of }
  return first.format === null ? NONE : { kind: 'format', format: first.format }
}

/** Whether all read the same from the values, as where every day is also its month. */
function areTheSame(values: string[], reads: Read[]): boolean {
  return values.every((text) => new Set(reads.map((read) => read(text))).size === 1)
}
