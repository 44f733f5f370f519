import { CANDIDATES } from '../detection/score.ts'
import { commonWidth, filledOf, rowsOf, type HeadRow } from './head-rows.ts'
import { likenessOf } from '../../../values/value-class.ts'

/**
 * Recovers the names from a first line with damaged quotes or another delimiter than the records.
 * Sure only if there are as many as columns and all are different; otherwise undefined.
 */
export function damagedNames(
  rows: HeadRow[],
  { delimiter, decode }: { delimiter: string; decode(bytes: string): string | undefined },
): string[] | undefined {
  const [first, ...below] = rows
  const { width, isClear } = commonWidth(below)
  if (first === undefined || width < 3 || !isClear) return undefined

  const line = decode(first.record.raw)
  if (line === undefined) return undefined
  const isOneValue = !line.includes(delimiter)
  if (isOneValue ? !isRecord(below, width) : first.isGood) return undefined
  const delimiters = isOneValue ? [...CANDIDATES, ' '] : [delimiter]
  return delimiters.map((one) => namesIn(line, one)).find((names) => areNames(names, width))
}

/** Whether the first of the rows is a record and not a header. */
function isRecord(rows: HeadRow[], width: number): boolean {
  const [next, ...below] = rowsOf(rows, width)
  if (next === undefined) return false
  const { alike, unlike } = likenessOf(next, below)
  return alike > 0 && unlike === 0
}

function namesIn(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((name) => name.replaceAll('"', '').trim())
}

function areNames(names: string[], width: number): boolean {
  return names.length === width && filledOf(names) === width && new Set(names).size === width
}
