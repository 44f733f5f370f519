import { CELL_END, EMPTY, ODD, ROW_END, SIGNS, type EncodedRows } from '../../db/packed.ts'

/** A cell of a page, by byte offsets. */
export type EncodedCell = {
  /** The whole cell with its marks, but without its end. */
  start: number
  end: number
  /** Its text. */
  from: number
  to: number
  isNull: boolean
  /** Whether it would not survive a round trip through an import. */
  isOdd: boolean
}

/**
 * Calls `put` for the cells of a page, row by row.
 * @returns the number of cells; undefined if the bytes are malformed
 */
export function eachCell(page: EncodedRows, put: (cell: EncodedCell) => void): number | undefined {
  return page.lengths === undefined ? eachPacked(page.bytes, put) : eachLoose(page, put)
}

function eachPacked(bytes: Buffer, put: (cell: EncodedCell) => void): number | undefined {
  let cells = 0
  let start = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte !== CELL_END && byte !== ROW_END) continue
    const isOdd = bytes[start] === ODD && start < at
    const from = isOdd ? start + 1 : start
    const isEmpty = at - from === 1 && bytes[from] === EMPTY
    put({ start, end: at, from: isEmpty ? at : from, to: at, isNull: from === at, isOdd })
    cells++
    start = at + 1
  }
  return start === bytes.length ? cells : undefined
}

function eachLoose({ bytes, lengths = [] }: EncodedRows, put: (cell: EncodedCell) => void): number {
  let at = 0
  for (const length of lengths) {
    const sign = String.fromCharCode(bytes[at] ?? 0)
    const isNull = length === 0 || sign === SIGNS.oddNull
    const isOdd = length > 0 && sign !== SIGNS.usual
    const end = at + length
    put({ start: at, end, from: at + Math.min(1, length), to: end, isNull, isOdd })
    at += length
  }
  return lengths.length
}
