import { CELL_END, EMPTY, ODD, ROW_END } from '../../../../db/packed.ts'
import { trimEndOf } from '../../../../domain/texts/shorten.ts'
import type { WriterDialect } from './delimited-writer.ts'
import { MAY_BE_MARKS } from '../dialect/sniff-dialect.ts'

const QUOTE = 0x22
const SAMPLE_BYTES = 100

/** A cell that would not come back as it is. */
export type OddCell = {
  column: number
  /** Counted from 0 on its page. */
  row: number
  /** The beginning of its text; null where it has none. */
  value: string | null
}

/** The first one in each column, and the first NULL there, of which something else is told. */
export class OddCells {
  readonly #first = new Map<number, OddCell>()

  note(column: number, row: number, isNull: boolean, text: () => string): void {
    const key = column * 2 + Number(isNull)
    if (!this.#first.has(key)) this.#first.set(key, { column, row, value: isNull ? null : text() })
  }

  get all(): OddCell[] {
    return [...this.#first.values()]
  }
}

/**
 * Bytes that make a cell one with quotes, among them those that mark cells. Of a delimiter of
 * several bytes the first is enough: a value may be quoted without need.
 */
export function specialBytes({ delimiter, isCareful }: WriterDialect): Uint8Array {
  const isSpecial = new Uint8Array(256)
  const delimiters = Buffer.from(isCareful ? MAY_BE_MARKS : '')
  const marks = [CELL_END, ROW_END, EMPTY, ODD]
  const bytes = [
    ...marks,
    ...Buffer.from('"\r\n\x1a'),
    ...delimiters,
    Buffer.from(delimiter)[0] ?? 0,
  ]
  for (const byte of bytes) isSpecial[byte] = 1
  return isSpecial
}

/** Byte for byte, so that a text stays as it lies there. @returns where the next byte goes */
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

export function sampleOf(bytes: Buffer): string {
  const isWhole = bytes.length <= SAMPLE_BYTES
  // A character may have been cut in two.
  const text = bytes.toString('utf8', 0, SAMPLE_BYTES)
  return isWhole ? text : `${trimEndOf(text, '\ufffd')}…`
}
