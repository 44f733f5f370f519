import type { ColumnType } from '../../../domain/records/table.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { epochDate, excelDate } from './instants.ts'
import { orderedDate } from './ordered-date.ts'
import { patternedDate } from './patterned-date.ts'
import type { ValueCodec } from './value-codec.ts'
import { booleanWords, enumerated } from './words.ts'
import { writtenNumber } from './written-number.ts'

/** The codec of a format for a column of the type. */
export function codecOf(format: ValueFormat, type: ColumnType): ValueCodec {
  switch (format.kind) {
    case 'date':
      return orderedDate(format)
    case 'date_pattern':
      return patternedDate(format)
    case 'epoch':
      return epochDate(format)
    case 'excel_date':
      return excelDate(format)
    case 'number':
      return writtenNumber(format)
    case 'boolean':
      return booleanWords(format, type)
    case 'enumeration':
      return enumerated(format)
  }
}
