/**
 * Rows of text packed into one buffer, several times faster than one value per cell. Each cell is
 * UTF-8 text, `EMPTY` for an empty text, or nothing for null, followed by `CELL_END`, or by
 * `ROW_END` at the end of the row. `ODD` precedes a cell that an import would not give back
 * unchanged. None of these four bytes occurs in UTF-8 text.
 *
 * Text that is not valid UTF-8 may contain them. Rows with such a text have their cells back to
 * back, without end marks, and `lengths` separates them: 0 is null; otherwise the first byte is one
 * of `SIGNS`, and the text follows it.
 */
export type EncodedRows = { bytes: Buffer; rows: number; lengths?: number[] | undefined }

export const CELL_END = 0xff
export const ROW_END = 0xfe
export const EMPTY = 0xfd
export const ODD = 0xfc

/** For a text that comes back unchanged, a text that does not, and a null that does not. */
export const SIGNS = { usual: ' ', odd: '!', oddNull: '0' }

/** Packs one row of texts. */
export function packRow(texts: string[]): EncodedRows {
  const cells = texts.map((text) =>
    Buffer.concat([text === '' ? Buffer.of(EMPTY) : Buffer.from(text), Buffer.of(CELL_END)]),
  )
  const bytes = Buffer.concat(cells)
  bytes[bytes.length - 1] = ROW_END
  return { bytes, rows: 1 }
}
