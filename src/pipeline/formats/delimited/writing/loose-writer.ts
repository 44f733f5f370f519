import { SIGNS } from '../../../../db/packed.ts'
import { sampleOf } from '../../../encodings/sample-text.ts'
import { OddCells, type WrittenRows } from '../../written-rows.ts'
import { quote, specialBytes, type WriterDialect } from './cell-text.ts'

/** Returns a function that writes cells with given lengths, in the same format as packed ones. */
export function looseWriter(
  dialect: WriterDialect,
): (bytes: Buffer, lengths: number[]) => WrittenRows {
  const { columns } = dialect
  const between = Buffer.from(dialect.delimiter)
  const lineEnd = Buffer.from('\n')
  const isSpecial = specialBytes(dialect)
  const isPlain = (cell: Buffer) => cell.every((byte) => isSpecial[byte] === 0)
  const asText = (cell: Buffer, isNull: boolean) => {
    if (isNull ? columns > 1 : cell.length > 0 && isPlain(cell)) return cell
    const quoted = Buffer.allocUnsafe(cell.length * 2 + 2)
    return quoted.subarray(0, quote(cell, 0, cell.length, quoted, 0))
  }

  return (bytes, lengths) => {
    const odd = new OddCells()
    const pieces: Buffer[] = []
    let at = 0
    for (const [place, length] of lengths.entries()) {
      const column = place % columns
      const sign = String.fromCharCode(bytes[at] ?? 0)
      const isNull = length === 0 || sign === SIGNS.oddNull
      const cell = bytes.subarray(at + Math.min(1, length), at + length)
      at += length
      if (length > 0 && sign !== SIGNS.usual) {
        odd.note(column, Math.floor(place / columns), isNull, () => sampleOf(cell))
      }
      pieces.push(asText(cell, isNull), column === columns - 1 ? lineEnd : between)
    }
    return { text: Buffer.concat(pieces), odd: odd.all }
  }
}
