import type { ColumnType } from '../../domain/records/table.ts'
import { FORMAT_KEYS, type FormatKey } from '../../domain/specification/fields/named-formats.ts'

const DATES = ['dmy', 'mdy', 'ymd', 'excel_date', 'epoch', 'epoch_ms'] as const
const NUMBERS = ['decimal_comma', 'decimal_point', 'percent', 'percent_point'] as const

/**
 * The formats that make sense for a column of the type. A column of texts, or of values of any type,
 * takes what each of them reads: a date as 2026-12-31, a number with a point. Bytes are written in
 * hexadecimal digits, which none of them reads, and a whole number is no date.
 */
export const FORMATS_OF_TYPE: Record<ColumnType, readonly FormatKey[]> = {
  integer: [...NUMBERS, 'yes_no'],
  number: NUMBERS,
  boolean: ['yes_no'],
  date: DATES,
  datetime: DATES,
  text: FORMAT_KEYS,
  blob: [],
  any: FORMAT_KEYS,
}
