import {
  commonWidth,
  filledOf,
  hasKnown,
  rowsOf,
  type ExpectedHead,
  type HeadRow,
} from './head-rows.ts'
import { likenessOf } from '../../../values/value-class.ts'
import { unclear } from './unclear.ts'

const MOST_TITLES = 20

/**
 * The number of title and note rows above the header.
 * @throws UnusableError if it is uncertain
 */
export function titleRows(rows: HeadRow[], expected: ExpectedHead): number {
  const { width } = commonWidth(rows.slice(1))
  const count = rows.slice(0, MOST_TITLES).findIndex((row) => !isTitle(row, width))
  if (count < 1 || rows.slice(0, count).some(({ fields }) => hasKnown(fields, expected))) return 0

  const header = rows[count]
  const last = rows[count - 1]
  const below = rows.slice(count + 1)
  if (header === undefined || last === undefined || below.length === 0) return 0
  if (!header.isGood || header.fields.length !== width || filledOf(header.fields) < width) {
    throw unclear('head_unclear', rows)
  }
  if (hasKnown(header.fields, expected)) return count
  const { alike, unlike } = likenessOf(header.fields, rowsOf(below, width))
  const isApart = header.record.line > last.record.nextLine
  if (alike === 0 && (unlike > 0 || isApart)) return count
  throw unclear('head_unclear', rows)
}

/** A row with one value or few, where the others have several columns. */
function isTitle({ isGood, fields }: HeadRow, width: number): boolean {
  if (!isGood || width < 2) return false
  const [first = ''] = fields
  if (fields.length < width) return fields.length <= Math.max(1, width / 3)
  return fields.length === width && width > 2 && filledOf(fields) === 1 && first.trim() !== ''
}
