import type { RowPosition } from '../../export-rows.ts'
import { CELL_END, EMPTY, ODD, ROW_END, SIGNS, type EncodedRows } from '../../packed.ts'
import type { PageBuilder, PositionedPage } from './page-builder.ts'

/** Which values of a column would not come back from the file. */
export type OddValues = { isNullOdd: boolean; isEmptyOdd: boolean }

const [TAB, LINE_END, BACKSLASH, NULL_SIGN] = [0x09, 0x0a, 0x5c, 0x4e]
/** Backslash escapes of COPY (postgresql.org/docs/current/sql-copy.html). */
const ESCAPED = new Map(
  [...'b\bf\fn\nr\rt\tv\v'.matchAll(/(.)([^])/g)].map(([, sign = '', means = '']) => [
    sign.charCodeAt(0),
    means.charCodeAt(0),
  ]),
)
const [USUAL, UNUSUAL, ODD_NULL] = [SIGNS.usual, SIGNS.odd, SIGNS.oddNull].map((sign) =>
  sign.charCodeAt(0),
)

/** Builds a page from the rows of a COPY, whose last columns are the key. */
export class RowEncoder implements PageBuilder<EncodedRows> {
  readonly #columns: OddValues[]
  readonly #isLoose: boolean
  readonly #lengths: number[] = []
  #bytes: Buffer
  #at = 0
  /** Byte ranges [start, end) of the last row's key cells, after the page's own bytes. */
  #keys: [number, number][] = []
  rows = 0

  constructor(columns: OddValues[], { isLoose, size }: { isLoose: boolean; size: number }) {
    this.#columns = columns
    this.#isLoose = isLoose
    this.#bytes = Buffer.allocUnsafe(size)
  }

  get size(): number {
    return this.#at
  }

  /** The page so far, and the key of its last row. */
  page(): PositionedPage<EncodedRows> {
    const bytes = this.#bytes.subarray(0, this.#at)
    const lengths = this.#isLoose ? this.#lengths : undefined
    return { page: { bytes, rows: this.rows, lengths }, position: this.#position() }
  }

  #position(): RowPosition {
    return this.#keys.map(([from, to]) => this.#bytes.toString('utf8', from, to))
  }

  add(row: Buffer): void {
    this.#reserve(row.length + 3 * this.#columns.length + 16)
    const begin = this.#at
    const lead = this.#isLoose ? 1 : 0
    const bytes = this.#bytes
    const width = this.#columns.length
    this.#keys = []
    let cell = 0
    let start = begin
    let at = start + lead
    let isNull = false
    let nulls = 0
    for (let from = 0; from < row.length; from++) {
      const byte = row[from] ?? 0
      if (byte === BACKSLASH) {
        const next = row[++from] ?? 0
        if (next === NULL_SIGN) isNull = true
        else bytes[at++] = ESCAPED.get(next) ?? next
      } else if (byte !== TAB && byte !== LINE_END) {
        bytes[at++] = byte
      } else {
        if (cell < width) {
          start = this.#end(cell, start, at, isNull)
          this.#at = start
          if (isNull) nulls++
        } else {
          this.#keys.push([start + lead, at])
          start = at
        }
        at = start + lead
        isNull = false
        cell++
      }
    }
    if (nulls === width && width > 1) this.#setAllNull(begin)
    if (!this.#isLoose) this.#bytes[this.#at - 1] = ROW_END
    this.rows++
  }

  /** @returns the offset after the cell */
  #end(cell: number, start: number, end: number, isNull: boolean): number {
    const { isNullOdd = false, isEmptyOdd = false } = this.#columns[cell] ?? {}
    if (this.#isLoose) return this.#endLoosely(start, end, { isNull, isNullOdd, isEmptyOdd })
    let at = end
    if (isNull) {
      if (isNullOdd) this.#bytes[at++] = ODD
    } else if (at === start) {
      if (isEmptyOdd) this.#bytes[at++] = ODD
      this.#bytes[at++] = EMPTY
    }
    this.#bytes[at++] = CELL_END
    return at
  }

  #endLoosely(
    start: number,
    end: number,
    { isNull, isNullOdd, isEmptyOdd }: OddValues & { isNull: boolean },
  ): number {
    const isEmpty = end === start + 1
    if (isNull && !isNullOdd) {
      this.#lengths.push(0)
      return start
    }
    const usual = isEmpty && isEmptyOdd ? UNUSUAL : USUAL
    this.#bytes[start] = (isNull ? ODD_NULL : usual) ?? 0
    this.#lengths.push(end - start)
    return end
  }

  /** A row of nulls does not come back: its first cell is marked. The key's cells move along. */
  #setAllNull(begin: number): void {
    if (this.#columns[0]?.isNullOdd !== false) return
    this.#bytes.copyWithin(begin + 1, begin, this.#keys.at(-1)?.[1] ?? this.#at)
    this.#keys = this.#keys.map(([from, to]) => [from + 1, to + 1])
    this.#bytes[begin] = (this.#isLoose ? ODD_NULL : ODD) ?? 0
    if (this.#isLoose) this.#lengths[this.#lengths.length - this.#columns.length] = 1
    this.#at++
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const bytes = Buffer.allocUnsafe(2 * this.#bytes.length + more)
    this.#bytes.copy(bytes, 0, 0, this.#at)
    this.#bytes = bytes
  }
}
