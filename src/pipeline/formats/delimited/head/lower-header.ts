import { classOf, likenessOf } from '../../../values/value-class.ts'
import { commonWidth, filledOf, rowsOf, type HeadRow } from './head-rows.ts'
import { unclear } from './unclear.ts'

/** The lowest row that may be a header, and the number of rows below that are compared with it. */
const LOWEST = 20
const COMPARED = 50
/** Of at least so many, one may be odd, such as a total at the end. */
const ONE_ODD = 4

/**
 * Lines such as the number and the owner of an account stand above the header of many statements.
 * @throws UnusableError if a row further down looks more like the header than the first
 */
export function requireNoLowerHeader(rows: HeadRow[]): void {
  const lower = rows.slice(0, LOWEST).findIndex((_, at) => mayBeHeader(rows, at))
  if (lower === -1) return
  const shown = rows.slice(1, lower + 1).slice(-2)
  throw unclear('head_unclear', [...rows.slice(0, 1), ...shown])
}

function mayBeHeader(rows: HeadRow[], at: number): boolean {
  const [first, row, above] = [rows[0], rows[at], rows[at - 1]]
  if (first === undefined || row === undefined || above === undefined) return false
  if (!row.isGood || !areNames(row.fields)) return false
  const all = rows.slice(at + 1, at + 1 + COMPARED)
  if (row.fields.length !== commonWidth(all).width) return false

  const names = filledOf(row.fields)
  const below = rowsOf(all, row.fields.length)
  const hasGaps = filledOf(first.fields) < names
  const { typed, unlike, alike } = likenessOf(row.fields, below, hasGaps ? isNearlyAll : undefined)
  const isApart = row.record.line > above.record.nextLine
  const isHeader = hasGaps
    ? unlike > 0 || (typed === 0 && isApart && areFuller(below, first))
    : at > 1 && typed > 1 && unlike === typed && below.length > 2
  return isHeader && alike === 0 && !hasRecord(rows.slice(1, at), below)
}

function areNames(fields: string[]): boolean {
  return filledOf(fields) > 1 && fields.every((field) => classOf(field) === 'text')
}

/** Whether nearly all rows have more values than the first line, so that it misses names. */
function areFuller(rows: string[][], { fields }: HeadRow): boolean {
  const fuller = rows.filter((row) => filledOf(row) > filledOf(fields))
  return fuller.length > 1 && isNearlyAll(fuller.length, rows.length)
}

function isNearlyAll(count: number, all: number): boolean {
  return all - count <= Math.max(all / 10, all < ONE_ODD ? 0 : 1)
}

/** Whether one of the rows looks like the records below it. */
function hasRecord(rows: HeadRow[], below: string[][]): boolean {
  return rows.some(({ fields }) => {
    const { alike, unlike } = likenessOf(fields, below)
    return alike > 0 && unlike === 0
  })
}
