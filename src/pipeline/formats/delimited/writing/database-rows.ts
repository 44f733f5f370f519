import type { DelimitedPage } from '../../../../db/export-rows.ts'
import type { WrittenRows } from '../../written-rows.ts'
import { OLD_END_OF_FILE } from './cell-text.ts'

const [QUOTE, LINE_END] = [0x22, 0x0a]

/** Rows that a database has written: it quotes all that needs quotes here, but one character. */
export function databaseRows({ text, firstEmpty }: DelimitedPage, delimiter: string): WrittenRows {
  return {
    text: text.includes(OLD_END_OF_FILE) ? withQuotedMarks(text, delimiter) : text,
    odd: firstEmpty === undefined ? [] : [{ column: 0, row: firstEmpty, value: null }],
  }
}

/** Puts the cells that have the character, and no quotes yet, in quotes. */
function withQuotedMarks(text: Buffer, delimiter: string): Buffer {
  const between = Buffer.from(delimiter)[0]
  const quote = Buffer.of(QUOTE)
  const pieces: Buffer[] = []
  let start = 0
  let isInQuotes = false
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]
    if (byte === QUOTE) isInQuotes = !isInQuotes
    if (isInQuotes || (byte !== between && byte !== LINE_END)) continue
    const cell = text.subarray(start, at)
    const isBare = cell[0] !== QUOTE && cell.includes(OLD_END_OF_FILE)
    pieces.push(...(isBare ? [quote, cell, quote] : [cell]), text.subarray(at, at + 1))
    start = at + 1
  }
  return Buffer.concat(pieces)
}
