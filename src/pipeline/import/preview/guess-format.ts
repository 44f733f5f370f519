import type { ColumnInfo } from '../../../domain/records/table.ts'
import { namedFormat, type FormatKey } from '../../../domain/specification/fields/named-formats.ts'
import { castError, castFor } from '../../values/cast.ts'
import { Altered } from '../../values/altered.ts'
import { codecOf } from '../../values/formats/codec-of.ts'

/** How values are written, as far as they show it. */
export type FormatGuess =
  /** As the column takes them, or in no format that is known. */
  | { kind: 'none' }
  | { kind: 'format'; key: FormatKey }
  /** In either of these: only who knows the file can tell. */
  | { kind: 'ambiguous'; keys: FormatKey[] }

const NONE: FormatGuess = { kind: 'none' }

/** The share of the values that must be in a format: some are always wrong. */
const ENOUGH = 0.8

const DATES = ['dmy', 'mdy', 'ymd'] as const
const NUMBERS = ['decimal_comma', 'decimal_point'] as const

/**
 * Guesses the format of the values of a field.
 * @param column the field; undefined for one of a table that is still to be created
 */
export function guessFormat(texts: string[], column: ColumnInfo | undefined): FormatGuess {
  const values = texts.map((text) => text.trim()).filter((text) => text !== '')
  if (values.length === 0 || (column !== undefined && fitAsTheyAre(values, column))) return NONE
  switch (column?.type) {
    case 'date':
    case 'datetime':
      return best(values, column.type, DATES)
    case 'integer':
    case 'number':
      return best(values, column.type, NUMBERS)
    case 'boolean':
      return best(values, column.type, ['yes_no'])
    case undefined: {
      // Only what cannot be anything else: a code may look like a number.
      const isMoney = values.some((text) => /\d,\d/.test(text)) && !values.some(hasLeadingZero)
      const number = isMoney ? best(values, 'number', ['decimal_comma']) : NONE
      const isDate = values.every((text) => /\d[/.-]\d/.test(text) || !/\d/.test(text))
      return number.kind !== 'none' || !isDate ? number : best(values, 'date', DATES)
    }
    default:
      return NONE
  }
}

/** Whether a column takes nearly all of these values. */
export function fitAsTheyAre(values: string[], column: ColumnInfo): boolean {
  const cast = castFor(column)
  const misfits = values.filter((text) => {
    const value = cast === null ? text : cast(text)
    return value instanceof Altered || castError(column, text, value) !== undefined
  })
  return misfits.length <= (1 - ENOUGH) * values.length
}

function best(values: string[], type: ColumnInfo['type'], keys: readonly FormatKey[]): FormatGuess {
  const counted = keys.map((key) => {
    const { read } = codecOf(namedFormat(key), type)
    return { key, count: values.filter((text) => read(text) !== undefined).length }
  })
  const most = Math.max(...counted.map(({ count }) => count))
  const found = counted.filter(({ count }) => count === most).map(({ key }) => key)
  const [key, ...others] = found
  if (key === undefined || most < ENOUGH * values.length) return NONE
  if (others.length === 0) return { kind: 'format', key }
  return areTheSame(values, type, found)
    ? { kind: 'format', key }
    : { kind: 'ambiguous', keys: found }
}

/** Whether all formats read the same from the values, as where every day is also its month. */
function areTheSame(values: string[], type: ColumnInfo['type'], keys: FormatKey[]): boolean {
  const read = keys.map((key) => codecOf(namedFormat(key), type).read)
  return values.every((text) => new Set(read.map((one) => one(text))).size === 1)
}

function hasLeadingZero(text: string): boolean {
  return /^-?0\d/.test(text)
}
