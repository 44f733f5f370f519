import { CELL_END, EMPTY, ODD, ROW_END } from '../../../../db/packed.ts'
import { MAY_BE_MARKS } from '../detection/sniff-dialect.ts'

const QUOTE = 0x22
export const OLD_END_OF_FILE = 0x1a

/**
 * Bytes that require quotes around a cell, including the internal cell marks. Only the first byte
 * of a multibyte delimiter counts: unnecessary quotes are harmless.
 */
export function specialBytes({ delimiter, isCareful }: WriterDialect): Uint8Array {
  const isSpecial = new Uint8Array(256)
  const delimiters = Buffer.from(isCareful ? MAY_BE_MARKS : '')
  const marks = [CELL_END, ROW_END, EMPTY, ODD]
  const bytes = [
    ...marks,
    OLD_END_OF_FILE,
    ...Buffer.from('"\r\n'),
    ...delimiters,
    Buffer.from(delimiter)[0] ?? 0,
  ]
  for (const byte of bytes) isSpecial[byte] = 1
  return isSpecial
}

/**
 * Quotes byte by byte, so that invalid text stays unchanged.
 * @returns the index for the next byte
 */
export function quote(from: Buffer, start: number, end: number, to: Buffer, place: number): number {
  to[place++] = QUOTE
  for (let at = start; at < end; at++) {
    const byte = from[at] ?? 0
    if (byte === QUOTE) to[place++] = QUOTE
    to[place++] = byte
  }
  to[place++] = QUOTE
  return place
}

export type WriterDialect = {
  delimiter: string
  columns: number
  /** Quotes values with any character that sniffing may take for a delimiter. */
  isCareful: boolean
}
