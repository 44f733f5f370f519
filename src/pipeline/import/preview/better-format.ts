import type { ColumnInfo } from '../../../domain/records/table.ts'
import { namedFormat, type FormatKey } from '../../../domain/specification/fields/named-formats.ts'
import { codecOf } from '../../values/formats/codec-of.ts'
import { currencyOf } from '../../values/formats/currency-mark.ts'
import { fits } from './guess-format.ts'

/** The formats in which the most values fit a field, more than fit it so far. */
export type BetterFormat = { keys: [FormatKey, ...FormatKey[]]; fitting: number }

/**
 * @param texts the values of all records; an empty one fits
 * @param known the formats that can be chosen, and how many values fit as they are read now
 */
export function betterFormat(
  texts: string[],
  column: ColumnInfo,
  known: { keys: readonly FormatKey[]; fitting: number },
): BetterFormat | undefined {
  const mark = currencyOf(texts)
  const counted = known.keys.map((key) => {
    const { read } = codecOf(namedFormat(key, mark), column.type)
    const fitting = texts.filter((text) => {
      if (text.trim() === '') return true
      const value = read(text.trim())
      return value !== undefined && fits(column, value)
    })
    return { key, fitting: fitting.length }
  })
  const fitting = Math.max(...counted.map((one) => one.fitting))
  const [key, ...others] = counted.flatMap((one) => (one.fitting === fitting ? one.key : []))
  return key === undefined || fitting <= known.fitting
    ? undefined
    : { keys: [key, ...others], fitting }
}
