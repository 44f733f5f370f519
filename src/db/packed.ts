/**
 * Rows of text in one piece of memory, which is several times faster than a value for each cell:
 * every cell in UTF-8, the mark `EMPTY` where it is an empty text and nothing where it is null,
 * and behind it `CELL_END`, or `ROW_END` where the row ends. No UTF-8 text holds one of the three.
 */
export type Packed = { bytes: Buffer; rows: number }

export const CELL_END = 0xff
export const ROW_END = 0xfe
export const EMPTY = 0xfd

/** Bytes are packed as hexadecimal digits. */
export function pack(rows: (string | Buffer | null)[][]): Packed {
  const pieces = rows.flatMap((row) =>
    row.flatMap((cell, at) => [
      packCell(cell),
      Buffer.of(at === row.length - 1 ? ROW_END : CELL_END),
    ]),
  )
  return { bytes: Buffer.concat(pieces), rows: rows.length }
}

function packCell(cell: string | Buffer | null): Buffer {
  if (cell === null) return Buffer.alloc(0)
  if (cell.length === 0) return Buffer.of(EMPTY)
  return Buffer.from(Buffer.isBuffer(cell) ? cell.toString('hex') : cell)
}
