import { CELL_END, EMPTY, ODD, ROW_END, type EncodedRows } from '../../../../db/packed.ts'
import { sampleOf } from '../../../encodings/sample-text.ts'
import { OddCells, type WrittenRows } from '../../written-rows.ts'
import { quote, specialBytes, type WriterDialect } from './cell-text.ts'
import { looseWriter } from './loose-writer.ts'

const LINE_END = 0x0a

/**
 * Returns a function that turns packed rows into delimited text (RFC 4180, with LF). NULL is
 * written as nothing and an empty text as two quotes, so they stay distinct. The function may
 * overwrite its input, and returns undefined for a wrong number of cells.
 */
export function rowsWriter(dialect: WriterDialect): (page: EncodedRows) => WrittenRows | undefined {
  const { columns } = dialect
  const between = Buffer.from(dialect.delimiter)
  const isSpecial = specialBytes(dialect)
  const writeLoosely = looseWriter(dialect)
  let scratch = Buffer.alloc(0)

  return (page) => {
    if (page.lengths !== undefined) return writeLoosely(page.bytes, page.lengths)
    const { bytes, rows } = page
    const odd = new OddCells()
    const noteOdd = (cell: number, value: Buffer) =>
      odd.note(cell % columns, Math.floor(cell / columns), value.length === 0, () => textOf(value))
    let cells = 0
    let start = 0
    let isPlain = true
    let isOdd = false
    // Input before `taken` is already copied to the scratch buffer, up to `length`.
    let taken = 0
    let length = 0
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (isSpecial[byte] === 0) continue
      if (byte !== CELL_END && byte !== ROW_END) {
        if (byte === ODD && at === start) isOdd = true
        else isPlain = false
        continue
      }
      const from = isOdd ? start + 1 : start
      // A single empty cell would be an empty line, which is not a record.
      const isQuoted = !isPlain || (columns === 1 && at === from)
      const isWide = byte === CELL_END && between.length > 1
      if (isQuoted || isWide || isOdd) {
        // In the worst case every byte is doubled, or a cell end becomes a delimiter with two
        // quotes.
        if (scratch.length < bytes.length * 6) scratch = Buffer.allocUnsafe(bytes.length * 8)
        length += bytes.copy(scratch, length, taken, start)
        if (isQuoted)
          length = quote(bytes, isEmptyText(bytes, from, at) ? at : from, at, scratch, length)
        else length += bytes.copy(scratch, length, from, at)
        if (isWide) length += between.copy(scratch, length)
        taken = isWide ? at + 1 : at
      }
      if (isOdd) noteOdd(cells, bytes.subarray(from, at))
      if (!isWide) bytes[at] = byte === ROW_END ? LINE_END : (between[0] ?? 0)
      cells++
      start = at + 1
      isPlain = true
      isOdd = false
    }
    if (cells !== rows * columns || start !== bytes.length) return undefined
    if (length === 0) return { text: bytes, odd: [] }
    length += bytes.copy(scratch, length, taken)
    return { text: Buffer.from(scratch.subarray(0, length)), odd: odd.all }
  }
}

function isEmptyText(bytes: Buffer, start: number, end: number): boolean {
  return end - start === 1 && bytes[start] === EMPTY
}

function textOf(cell: Buffer): string {
  return isEmptyText(cell, 0, cell.length) ? '' : sampleOf(cell)
}
