import type { Dialect } from '../dialect/dialect.ts'
import { GeneralReader } from '../general/general-reader.ts'
import { marksOf } from '../scan/scan-text.ts'

const MOST_ROWS = 100

/** A record of the sample; `fields` is undefined if it cannot be parsed. */
export type SampleRow = {
  fields: string[] | undefined
  /** Number of quoted fields; `quotedLines` counts those that hold a line end. */
  quoted: number
  /** By field: whether it is quoted. */
  isQuoted: boolean[]
  quotedLines: number
}

/** The beginning of a source, as scanned text. */
export type SampleText = { text: string; /** True if it is the whole source. */ isWhole: boolean }

/** Parses the first records in a candidate dialect. A truncated last one is left out. */
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
