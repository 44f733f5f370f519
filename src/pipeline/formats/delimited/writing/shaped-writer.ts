import { isUtf8 } from 'node:buffer'
import { packRow, SIGNS, type EncodedRows } from '../../../../db/packed.ts'
import type { DelimitedExport } from '../../../../domain/specification/specification.ts'
import { sampleOf } from '../../../encodings/sample-text.ts'
import { OddCells, type ChangedCell, type WrittenRows } from '../../written-rows.ts'
import { quote, specialBytes, type WriterDialect } from './cell-text.ts'
import { isNumberText } from '../../../values/numbers.ts'
import { FORMULA } from '../../../values/formula.ts'
import { writableEncoding } from '../../../encodings/writable-encoding.ts'
import { lackingIn } from '../../../encodings/text-encoder.ts'

type Shape = WriterDialect &
  Pick<DelimitedExport, 'encoding' | 'lineEnd' | 'quoteAll' | 'nullText' | 'safeCells'>

/** Whether the options require more than the fast writer supports. */
export function isShaped(specification: Omit<Shape, keyof WriterDialect>): boolean {
  const { encoding, lineEnd, quoteAll, nullText, safeCells } = specification
  return (
    writableEncoding(encoding) !== 'utf-8' ||
    lineEnd !== 'lf' ||
    quoteAll ||
    nullText !== null ||
    safeCells
  )
}

/**
 * Returns a function that writes rows with all options, still in UTF-8, and reports what it
 * changed. It takes cells with given lengths, and returns undefined for packed ones.
 */
export function shapedWriter(shape: Shape): (page: EncodedRows) => WrittenRows | undefined {
  const { columns, nullText, quoteAll, safeCells } = shape
  const between = Buffer.from(shape.delimiter)
  const lineEnd = Buffer.from(shape.lineEnd === 'crlf' ? '\r\n' : '\n')
  const nothing = Buffer.from(nullText ?? (columns === 1 ? '""' : ''))
  const isSpecial = specialBytes(shape)
  const lacking = lackingIn(writableEncoding(shape.encoding))

  const asText = (cell: Buffer) => {
    const isPlain = cell.length > 0 && cell.every((byte) => isSpecial[byte] === 0)
    if (isPlain && !quoteAll && cell.toString() !== nullText) return cell
    const quoted = Buffer.allocUnsafe(cell.length * 2 + 2)
    return quoted.subarray(0, quote(cell, 0, cell.length, quoted, 0))
  }

  return ({ bytes, rows, lengths = rows === 0 ? [] : undefined }) => {
    if (lengths === undefined) return undefined
    const odd = new OddCells()
    const changed = new Map<string, ChangedCell>()
    const pieces: Buffer[] = []
    let at = 0
    for (const [place, length] of lengths.entries()) {
      const column = place % columns
      const row = Math.floor(place / columns)
      const sign = String.fromCharCode(bytes[at] ?? 0)
      const isNull = length === 0 || sign === SIGNS.oddNull
      const cell = bytes.subarray(at + Math.min(1, length), at + length)
      at += length
      if (length > 0 && sign !== SIGNS.usual) {
        odd.note(column, row, isNull, () => sampleOf(cell))
      }
      pieces.push(isNull ? nothing : asText(safe(cell, column, row)))
      pieces.push(column === columns - 1 ? lineEnd : between)
    }
    const text = Buffer.concat(pieces)
    return { text, odd: odd.all, changed: [...changed.values()] }

    function safe(cell: Buffer, column: number, row: number): Buffer {
      const lacks = lacking(cell)
      if (lacks !== undefined) note('TLY-1105', column, row, lacks)
      if (!safeCells || !FORMULA.test(cell.toString('latin1', 0, 1))) return cell
      if (isUtf8(cell) && isNumberText(cell.toString())) return cell
      note('TLY-1106', column, row, sampleOf(cell))
      return Buffer.concat([Buffer.from("'"), cell])
    }

    function note(code: ChangedCell['code'], column: number, row: number, value: string): void {
      const key = `${code} ${column}`
      if (!changed.has(key)) changed.set(key, { code, column, row, value })
    }
  }
}

/** Packs the column names like rows. */
export function packLoosely(texts: string[]): EncodedRows {
  const cells = texts.map((text) => Buffer.from(SIGNS.usual + text))
  return {
    ...packRow(texts),
    bytes: Buffer.concat(cells),
    lengths: cells.map((cell) => cell.length),
  }
}
