import type { SampleRow } from './sample-rows.ts'

/** In order of preference if two are equally likely. */
export const CANDIDATES = [',', ';', '\t', '|'] as const

/**
 * How consistent the rows are as a table, from 0 to 1: higher if more rows share one width and
 * fewer values hold another possible delimiter. A simplified measure of van den Burg, Nazábal and
 * Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019), without its many
 * types.
 */
export function scoreOf(rows: SampleRow[], delimiter: string): number {
  if (rows.length === 0) return 0
  const widths = new Map<number, number>()
  for (const { fields } of rows) {
    if (fields !== undefined) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1)
  }
  const sum = [...widths].reduce(
    (total, [width, count]) => total + (count * (width - 1)) / width,
    0,
  )
  return (sum / rows.length / Math.max(1, widths.size)) * shareOfWhole(rows, delimiter)
}

/** Number of rows that cannot be parsed. */
export function damagedIn(rows: SampleRow[]): number {
  return rows.filter(({ fields }) => fields === undefined).length
}

export function haveOneWidth(rows: SampleRow[]): boolean {
  return new Set(rows.map(({ fields }) => fields?.length ?? 0)).size === 1
}

/** Fewer rows are no table, and fewer of one width are chance. */
const LEAST_ROWS = 2
const MOST_OF_ROWS = 0.9

/** The rows below those of one value, if nearly all have one width; otherwise none. */
export function tableBelow(rows: SampleRow[]): SampleRow[] {
  const first = rows.findIndex(({ fields = [] }) => fields.length > 1)
  const below = first === -1 ? [] : rows.slice(first)
  const width = below[0]?.fields?.length
  const like = below.filter(({ fields }) => fields?.length === width).length
  return below.length >= LEAST_ROWS && like >= below.length * MOST_OF_ROWS ? below : []
}

/** The share of values that no other delimiter would split; quoted values are never split. */
function shareOfWhole(rows: SampleRow[], delimiter: string): number {
  const others = CANDIDATES.filter((one) => !delimiter.includes(one))
  let whole = 0
  let all = 0
  for (const { fields = [], quoted } of rows) {
    const split = fields.filter((field) => others.some((other) => field.includes(other))).length
    all += fields.length
    whole += fields.length - Math.max(0, split - quoted)
  }
  return all === 0 ? 0 : whole / all
}
