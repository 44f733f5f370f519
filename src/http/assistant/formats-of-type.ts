import type { ColumnType } from '../../domain/records/table.ts'
import type { FormatKey } from '../../domain/specification/fields/named-formats.ts'

const DATES = ['dmy', 'mdy', 'ymd', 'excel_date', 'epoch', 'epoch_ms'] as const
const NUMBERS = ['decimal_comma', 'decimal_point', 'percent'] as const

/** The formats that make sense for a column of the type. */
export const FORMATS_OF_TYPE: Record<ColumnType, readonly FormatKey[]> = {
  integer: ['decimal_comma', 'decimal_point', 'yes_no'],
  number: NUMBERS,
  boolean: ['yes_no'],
  date: DATES,
  datetime: DATES,
  text: [],
  blob: [],
  any: [],
}
