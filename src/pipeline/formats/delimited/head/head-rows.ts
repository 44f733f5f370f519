import type { DelimitedRecord } from '../tokenizer/delimited-record.ts'
import { foldName } from '../../../values/find-name.ts'

/** Number of records to sample for what is above them. */
export const HEAD_RECORDS = 200

/** One of the first rows of a file; `isGood` if it has no flag. */
export type HeadRow = { record: DelimitedRecord; fields: string[]; isGood: boolean }

/** What is known of a file before it is read. */
export type ExpectedHead = {
  /** Possible column names, case-folded: from the table and the specification. */
  known: ReadonlySet<string>
  /** Whether the table exists, so that a wrong guess would fill the wrong fields. */
  isStrict: boolean
  /** Whether records may have fewer fields than names (`mayLack`) or more (`mayExceed`). */
  mayLack: boolean
  mayExceed: boolean
}

export function headRow(record: DelimitedRecord): HeadRow {
  const { flag, fields } = record.read()
  return { record, fields, isGood: flag === undefined }
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

export function filledOf(fields: string[]): number {
  return fields.filter((field) => !isBlank(field)).length
}

export function hasKnown(fields: string[], { known }: ExpectedHead): boolean {
  return fields.some((field) => !isBlank(field) && known.has(foldName(field)))
}

/** The most common number of columns in the good rows, and whether nearly all have it. */
export function commonWidth(rows: HeadRow[]): { width: number; isClear: boolean } {
  const counts = new Map<number, number>()
  const good = rows.filter(({ isGood }) => isGood)
  for (const { fields } of good) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [width, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  return { width, isClear: count >= FEWEST && count >= good.length * MOST }
}

const FEWEST = 2
const MOST = 0.9

/** The values of the good rows with that width. */
export function rowsOf(rows: HeadRow[], width: number): string[][] {
  return rows
    .filter(({ isGood, fields }) => isGood && fields.length === width)
    .map(({ fields }) => fields)
}
