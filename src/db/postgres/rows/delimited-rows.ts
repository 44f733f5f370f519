import type { DelimitedPage, ReadPlan, RowPosition } from '../../export-rows.ts'
import { isSorted } from '../../../domain/records/rows-wanted.ts'
import { quoteText } from '../ground/names.ts'
import { oddValues } from './copy-text.ts'
import type { PageBuilder, PositionedPage } from './page-builder.ts'
import type { RowFormat } from './row-stream.ts'

/**
 * Whether the server itself can write the rows: each of them comes back from the file, or shows by
 * its length that it does not, and the key by which they are resumed stands in it.
 */
export function canDelimit(plan: ReadPlan): boolean {
  const { table, columns, wanted } = plan
  const isKeyShown = table.primaryKey.every((name) => {
    const type = table.columns.find((column) => column.name === name)?.type
    return columns.includes(name) && type !== undefined && type !== 'boolean'
  })
  const isOdd = oddValues(plan).some(({ isNullOdd }) => isNullOdd)
  return columns.length > 1 && !isOdd && (isKeyShown || isSorted(wanted))
}

type Way = { separator: string; size: number }

/** Delimited text as the server writes it. */
export function delimitedFormat(plan: ReadPlan, way: Way): RowFormat<DelimitedPage> {
  const format = `format csv, delimiter ${quoteText(way.separator)}`
  return { format, emptyPage: () => new DelimitedRows(plan, way) }
}

/** A page of rows that the server has written, one after the other. */
class DelimitedRows implements PageBuilder<DelimitedPage> {
  readonly #plan: ReadPlan
  readonly #separator: string
  #bytes: Buffer
  #last = 0
  #firstEmpty: number | undefined
  size = 0
  rows = 0

  constructor(plan: ReadPlan, { separator, size }: Way) {
    this.#plan = plan
    this.#separator = separator
    this.#bytes = Buffer.allocUnsafe(size)
  }

  add(row: Buffer): void {
    const end = this.size + row.length
    if (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * end)
    row.copy(this.#bytes, this.size)
    // A row of nulls has its delimiters and its end alone.
    if (row.length === this.#plan.columns.length) this.#firstEmpty ??= this.rows
    this.#last = this.size
    this.size = end
    this.rows++
  }

  page(): PositionedPage<DelimitedPage> {
    const text = this.#bytes.subarray(0, this.size)
    const page = { text, rows: this.rows, firstEmpty: this.#firstEmpty }
    return { page, position: this.#position() }
  }

  #position(): RowPosition {
    const { columns, table } = this.#plan
    const row = this.#bytes.toString('utf8', this.#last, Math.max(this.#last, this.size - 1))
    const cells = cellsOf(row, this.#separator)
    return table.primaryKey.map((name) => cells[columns.indexOf(name)] ?? '')
  }
}

/** The cells of a row as the server writes it (RFC 4180). */
function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = []
  for (let at = 0; at <= row.length;) {
    const isQuoted = row.charAt(at) === '"'
    const end = isQuoted ? quotedEnd(row, at) : row.indexOf(separator, at)
    const to = end === -1 ? row.length : end
    const cell = row.slice(at, to)
    cells.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    at = to + 1
  }
  return cells
}

/** The index after the closing quote of the cell at `start`. */
function quotedEnd(row: string, start: number): number {
  let at = row.indexOf('"', start + 1)
  while (row.charAt(at + 1) === '"') at = row.indexOf('"', at + 2)
  return at + 1
}
