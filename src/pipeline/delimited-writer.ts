import type { Cell } from '../db/target.ts'

/** Makes the function that writes one row as delimited text (RFC 4180), with its line end. */
export function rowWriter(delimiter: string): (row: Cell[]) => string {
  const special = new RegExp(`["\\r\\n${escaped(delimiter)}]`)

  return (row) => {
    let line = ''
    for (let at = 0; at < row.length; at++) {
      if (at > 0) line += delimiter
      const cell = row[at] ?? null
      if (typeof cell === 'string') line += quoted(cell, special)
      else if (typeof cell === 'number') line += quoted(String(cell), special)
      else if (cell !== null) line += cell.toString('hex')
    }
    // A single empty cell would be an empty line, which is no record.
    return line === '' ? '""\n' : `${line}\n`
  }
}

/** Nothing is null, and two quotes are an empty text: they can be told apart. */
function quoted(text: string, special: RegExp): string {
  if (text === '') return '""'
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function escaped(delimiter: string): string {
  return delimiter.replace(/[\\\]^-]/g, '\\$&')
}
