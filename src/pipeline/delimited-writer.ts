import { CELL_END, EMPTY, ROW_END, type Packed } from '../db/packed.ts'

const LINE_END = 0x0a

/**
 * Makes the function that turns packed rows into delimited text (RFC 4180, with LF for line ends).
 * Nothing is null, and two quotes are an empty text: they can be told apart. It writes into the
 * bytes it was given, and answers undefined where they do not hold as many cells as they should.
 */
export function rowsWriter(
  delimiter: string,
  columns: number,
): (page: Packed) => Buffer | undefined {
  const between = Buffer.from(delimiter)
  const replacement = between.length === 1 ? between[0] : undefined
  const isSpecial = new Uint8Array(256)
  // Of a delimiter of several bytes the first is enough: a value may be quoted without need.
  for (const byte of [CELL_END, ROW_END, EMPTY, ...Buffer.from('"\r\n'), ...between.subarray(0, 1)])
    isSpecial[byte] = 1

  return ({ bytes, rows }) => {
    const pieces: Buffer[] = []
    let taken = 0
    let start = 0
    let cells = 0
    let isPlain = true
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (isSpecial[byte] === 0) continue
      if (byte !== CELL_END && byte !== ROW_END) {
        isPlain = false
        continue
      }
      // A single empty cell would be an empty line, which is no record.
      if (!isPlain || (columns === 1 && at === start)) {
        pieces.push(bytes.subarray(taken, start), quoted(bytes.subarray(start, at)))
        taken = at
      }
      if (byte === ROW_END) bytes[at] = LINE_END
      else if (replacement !== undefined) bytes[at] = replacement
      else {
        pieces.push(bytes.subarray(taken, at), between)
        taken = at + 1
      }
      cells++
      start = at + 1
      isPlain = true
    }
    if (cells !== rows * columns || start !== bytes.length) return undefined
    if (pieces.length === 0) return bytes
    return Buffer.concat([...pieces, bytes.subarray(taken)])
  }
}

function quoted(cell: Buffer): Buffer {
  if (cell.length === 0 || (cell.length === 1 && cell[0] === EMPTY)) return Buffer.from('""')
  // Byte for byte, so that a text stays as it lies there.
  return Buffer.from(`"${cell.toString('latin1').replaceAll('"', '""')}"`, 'latin1')
}
