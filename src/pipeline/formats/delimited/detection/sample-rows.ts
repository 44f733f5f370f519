import type { Dialect } from '../dialect/dialect.ts'
import { GeneralReader } from '../general/general-reader.ts'
import { marksOf } from '../scan/scan-text.ts'

const MOST_ROWS = 100

/** A record of the sample: its fields, or none where it cannot be read. */
export type SampleRow = {
  fields: string[] | undefined
  /** How many of the fields stand in quotes, and how many of those hold a line end. */
  quoted: number
  /** Which of them do. */
  isQuoted: boolean[]
  quotedLines: number
}

/** The beginning of a source, as text that is scanned. */
export type SampleText = { text: string; /** Whether it is all there is. */ isWhole: boolean }

/** The first records, read in a dialect that is tried. A last one that is cut is none of them. */
export function sampleRows({ text, isWhole }: SampleText, dialect: Dialect): SampleRow[] {
  const marks = marksOf(dialect)
  const reader = new GeneralReader(marks)
  reader.load(text, isWhole)
  const rows: SampleRow[] = []
  let at = 0
  while (at < text.length && rows.length < MOST_ROWS) {
    reader.seek(at)
    const { lineEnd } = reader
    const after = reader.afterLineEnd(lineEnd)
    if (after > text.length) break
    const isComment = marks.comment !== null && text.startsWith(marks.comment, at)
    if (isComment || reader.isBlank(at, lineEnd)) {
      at = after
      continue
    }
    const { flag, fields, after: behind } = reader.quoted(at)
    if (flag === undefined) {
      const quoted = reader.spans.filter(({ from }) => isQuoted(text, from, marks.open))
      const quotedLines = quoted.filter(({ from, to }) => /[\r\n]/.test(text.slice(from, to)))
      const isQuotedAt = reader.spans.map(({ from }) => isQuoted(text, from, marks.open))
      rows.push({
        fields,
        quoted: quoted.length,
        isQuoted: isQuotedAt,
        quotedLines: quotedLines.length,
      })
    } else rows.push({ fields: undefined, quoted: 0, isQuoted: [], quotedLines: 0 })
    at = flag === undefined ? behind : after
  }
  return rows
}

function isQuoted(text: string, at: number, open: string): boolean {
  return open !== '' && text.startsWith(open, at)
}
