import { dialect } from '../dialect/dialect.ts'
import { quotedIn } from '../dialect/quoted-in.ts'

/** Formats cells as a CSV row for spreadsheets, with CR LF. */
export function sheetRow(cells: string[], delimiter: string): string {
  const written = dialect.parse({ encoding: 'utf-8', delimiter })
  return `${cells.map((cell) => quotedIn(cell, written)).join(delimiter)}\r\n`
}
