import { CELL_END, EMPTY, ROW_END, SIGNS, type EncodedRows } from '../../db/packed.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { ValueFormat } from '../../domain/specification/fields/value-format.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import { codecOf } from '../values/formats/codec-of.ts'
import type { ValueCodec } from '../values/formats/value-codec.ts'
import { saidOf } from '../values/find-name.ts'
import { ByteSink } from './byte-sink.ts'
import { eachCell, type EncodedCell } from './encoded-cells.ts'
import type { ChangedCell } from './written-rows.ts'

export type FormattedPage = {
  page: EncodedRows
  /** The first cell of each column whose value its format cannot write: it stays as it is. */
  unwritable: ChangedCell[]
}

/** Returns a function that writes cells in the formats of their columns; undefined without any. */
export function cellFormatter(
  columns: ColumnInfo[],
  specification: Pick<ExportSpecification, 'fields'>,
): ((page: EncodedRows) => FormattedPage) | undefined {
  const formats = writtenFormats(columns, specification)
  const codecs = columns.map(({ type }, at) => {
    const format = formats[at] ?? null
    return format === null ? undefined : codecOf(format, type)
  })
  return codecs.every((codec) => codec === undefined)
    ? undefined
    : (page) => formatted(page, codecs)
}

/** The format of each column, by its name in the table; null: as the database writes it. */
export function writtenFormats(
  columns: ColumnInfo[],
  { fields }: Pick<ExportSpecification, 'fields'>,
): (ValueFormat | null)[] {
  return saidOf(columns, fields).map((options) => options?.format ?? null)
}

function formatted(page: EncodedRows, codecs: (ValueCodec | undefined)[]): FormattedPage {
  const sink = new ByteSink()
  const lengths: number[] | undefined = page.lengths === undefined ? undefined : []
  const unwritable = new Map<number, ChangedCell>()
  let at = 0
  eachCell(page, (cell) => {
    const column = at % codecs.length
    const row = Math.floor(at / codecs.length)
    at++
    const codec = codecs[column]
    if (codec === undefined || cell.isNull) return putAsItIs(cell, column)
    const value = page.bytes.toString('utf8', cell.from, cell.to)
    const text = codec.write(value)
    if (text !== undefined) return put(Buffer.from(text), column)
    if (!unwritable.has(column)) {
      unwritable.set(column, { code: 'TLY-1108', column, row, value: shorten(value) })
    }
    putAsItIs(cell, column)
  })
  return {
    page: { bytes: sink.bytes, rows: page.rows, lengths },
    unwritable: [...unwritable.values()],
  }

  function putAsItIs({ start, end }: EncodedCell, column: number): void {
    sink.copy(page.bytes, start, end)
    if (lengths === undefined) putEnd(column)
    else lengths.push(end - start)
  }

  function put(text: Buffer, column: number): void {
    if (lengths === undefined) {
      sink.copy(text.length === 0 ? NO_TEXT : text)
      return putEnd(column)
    }
    sink.copy(USUAL)
    sink.copy(text)
    lengths.push(text.length + 1)
  }

  function putEnd(column: number): void {
    sink.reserve(1)
    sink.put(column === codecs.length - 1 ? ROW_END : CELL_END)
  }
}

const NO_TEXT = Buffer.of(EMPTY)
const USUAL = Buffer.from(SIGNS.usual)
