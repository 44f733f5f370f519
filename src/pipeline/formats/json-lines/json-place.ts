import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { WrittenPage } from '../row-writer.ts'

const LINE_END = 0x0a
const COMMA = 0x2c
const MARK = 0x22
const BACKSLASH = 0x5c

/**
 * The record and the column of a byte offset: each line is a record, and each comma outside strings
 * ends a column.
 */
export function placeInJson(
  { text, before }: WrittenPage,
  columns: ColumnInfo[],
  at: number,
): { record: number; column: string } {
  let record = before + 1
  let column = 0
  let isString = false
  for (let place = 0; place < at; place++) {
    const byte = text[place]
    if (byte === MARK) isString = !isString
    else if (byte === BACKSLASH) place++
    else if (isString) continue
    else if (byte === COMMA) column++
    else if (byte === LINE_END) {
      record++
      column = 0
    }
  }
  return { record, column: columns[column]?.name ?? '?' }
}
