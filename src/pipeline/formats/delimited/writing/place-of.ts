import type { ColumnInfo } from '../../../../domain/records/table.ts'
import type { WrittenPage } from '../../row-writer.ts'

const QUOTE = 0x22
const LINE_END = 0x0a

/** The record and the column of a byte offset, by counting unquoted line ends and delimiters. */
export function cellPlaceOf(
  { text, before, columns, delimiter }: WrittenPage & { columns: ColumnInfo[]; delimiter: string },
  at: number,
): { record: number; column: string } {
  const between = Buffer.from(delimiter)
  let record = before + 1
  let column = 0
  let isQuoted = false
  for (let place = 0; place < at; place++) {
    const byte = text[place]
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (byte === LINE_END) {
      record++
      column = 0
    } else if (text.compare(between, 0, between.length, place, place + between.length) === 0) {
      column++
    }
  }
  return { record, column: columns[column]?.name ?? '?' }
}
