import { CELL_END, EMPTY, ROW_END, type Packed } from '../db/packed.ts'

const QUOTE = 0x22
const LINE_END = 0x0a

/**
 * Makes the function that turns packed rows into delimited text (RFC 4180, with LF for line ends).
 * Nothing is null, and two quotes are an empty text: they can be told apart. It may write into the
 * bytes it was given, and answers undefined where they do not hold as many cells as they should.
 */
export function rowsWriter(
  delimiter: string,
  columns: number,
): (page: Packed) => Buffer | undefined {
  const between = Buffer.from(delimiter)
  const isSpecial = specialBytes(between)
  let scratch = Buffer.alloc(0)

  return ({ bytes, rows }) => {
    let cells = 0
    let start = 0
    let isPlain = true
    // What comes before `taken` is in the scratch already, up to `length`.
    let taken = 0
    let length = 0
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (isSpecial[byte] === 0) continue
      if (byte !== CELL_END && byte !== ROW_END) {
        isPlain = false
        continue
      }
      // A single empty cell would be an empty line, which is no record.
      const isQuoted = !isPlain || (columns === 1 && at === start)
      const isWide = byte === CELL_END && between.length > 1
      if (isQuoted || isWide) {
        // At most, every byte is doubled, or a cell end becomes a delimiter with two quotes.
        if (scratch.length < bytes.length * 6) scratch = Buffer.allocUnsafe(bytes.length * 8)
        length += bytes.copy(scratch, length, taken, isQuoted ? start : at)
        if (isQuoted) length = quote(bytes, start, at, scratch, length)
        if (isWide) length += between.copy(scratch, length)
        taken = isWide ? at + 1 : at
      }
      if (!isWide) bytes[at] = byte === ROW_END ? LINE_END : (between[0] ?? 0)
      cells++
      start = at + 1
      isPlain = true
    }
    if (cells !== rows * columns || start !== bytes.length) return undefined
    if (length === 0) return bytes
    length += bytes.copy(scratch, length, taken)
    return Buffer.from(scratch.subarray(0, length))
  }
}

/** Of a delimiter of several bytes the first is enough: a value may be quoted without need. */
function specialBytes(between: Buffer): Uint8Array {
  const isSpecial = new Uint8Array(256)
  const bytes = [CELL_END, ROW_END, EMPTY, ...Buffer.from('"\r\n'), ...between.subarray(0, 1)]
  for (const byte of bytes) isSpecial[byte] = 1
  return isSpecial
}

/** Byte for byte, so that a text stays as it lies there. @returns where the next byte goes */
function quote(from: Buffer, start: number, end: number, to: Buffer, place: number): number {
  const isEmpty = end - start === 1 && from[start] === EMPTY
  to[place++] = QUOTE
  for (let at = isEmpty ? end : start; at < end; at++) {
    const byte = from[at] ?? 0
    if (byte === QUOTE) to[place++] = QUOTE
    to[place++] = byte
  }
  to[place++] = QUOTE
  return place
}
