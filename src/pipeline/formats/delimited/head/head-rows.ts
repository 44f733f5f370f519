import type { DelimitedRecord } from '../tokenizer/delimited-record.ts'
import { foldName } from '../../../values/find-name.ts'

/** So many records tell what stands above them. */
export const HEAD_RECORDS = 200

/** One of the first records of a file. */
export type HeadRow = { record: DelimitedRecord; fields: string[]; isGood: boolean }

/** What is known of a file before it is read. */
export type Expected = {
  /** Names that a column may have, folded: those of the table and of the specification. */
  known: ReadonlySet<string>
  /** Whether the table is there: then a wrong guess would fill the wrong fields of it. */
  isStrict: boolean
  /** Whether records may have fewer fields than there are names, or more. */
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

export function hasKnown(fields: string[], { known }: Expected): boolean {
  return fields.some((field) => !isBlank(field) && known.has(foldName(field)))
}

/** The number of columns that most of the good rows have, and whether nearly all do. */
export function commonWidth(rows: HeadRow[]): { width: number; isClear: boolean } {
  const counts = new Map<number, number>()
  const good = rows.filter(({ isGood }) => isGood)
  for (const { fields } of good) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [width, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  return { width, isClear: count >= FEWEST && count >= good.length * MOST }
}

const FEWEST = 2
const MOST = 0.9

/** The values of the good rows of that width. */
export function rowsOf(rows: HeadRow[], width: number): string[][] {
  return rows
    .filter(({ isGood, fields }) => isGood && fields.length === width)
    .map(({ fields }) => fields)
}
