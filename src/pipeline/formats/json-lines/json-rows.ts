import type { EncodedRows } from '../../../db/packed.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { sampleOf } from '../../encodings/sample-text.ts'
import { OddCells, type WrittenRows } from '../written-rows.ts'
import type { FormattedColumn } from '../row-writer.ts'
import { ByteSink } from '../byte-sink.ts'
import { eachCell, type EncodedCell } from '../encoded-cells.ts'
import { putString } from './json-string.ts'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const NULL = Buffer.from('null')
const ROW_END = Buffer.from('}\n')

/** The JSON types that a column may have besides null. */
type Kind = 'text' | 'number' | 'boolean' | 'odd_number'

/**
 * Returns a function that writes rows as JSON Lines: one object per row, with the column names in
 * their order. Numbers keep the digits of the table, and NULL is null; what a format writes is a
 * text, also where it happens to look like a number: 1.050 may stand for a thousand. Undefined for a
 * wrong number of cells.
 */
export function jsonWriter(
  columns: FormattedColumn[],
): (page: EncodedRows) => WrittenRows | undefined {
  const heads = columns.map(({ name }, at) =>
    Buffer.from(`${at === 0 ? '{' : ','}${JSON.stringify(name)}:`),
  )
  const kinds = columns.map(kindOf)

  return (page) => {
    const { bytes, rows } = page
    const sink = new ByteSink()
    const odd = new OddCells()
    const mayHaveNul = bytes.includes(0)
    let at = 0
    const count = eachCell(page, (cell) => {
      const column = at % columns.length
      const [head, kind] = [heads[column], kinds[column]]
      if (head === undefined || kind === undefined) return
      sink.copy(head)
      putValue(sink, bytes, cell, kind)
      // An explicit null is imported as NULL, whatever the default of the column.
      const isOdd = (cell.isOdd && !cell.isNull) || (mayHaveNul && hasNul(bytes, cell))
      if (isOdd) {
        const text = () => sampleOf(bytes.subarray(cell.from, cell.to))
        odd.note(column, Math.floor(at / columns.length), false, text)
      }
      at++
      if (column === columns.length - 1) sink.copy(ROW_END)
    })
    return count === rows * columns.length ? { text: sink.bytes, odd: odd.all } : undefined
  }
}

function kindOf({ type, conversion, format }: FormattedColumn): Kind {
  if (format !== null && !writesNumbers(format)) return 'text'
  switch (type) {
    case 'boolean':
      return 'boolean'
    case 'text':
    case 'blob':
      return 'text'
    case 'any':
      // A text stays a text there, whatever it looks like; other values are marked as odd.
      return conversion === 'blob' ? 'odd_number' : conversion === 'text' ? 'text' : 'number'
    default:
      return 'number'
  }
}

/** Whether all that a format writes are numbers which JSON reads as the same number. */
function writesNumbers(format: ValueFormat): boolean {
  if (format.kind !== 'number') return format.kind === 'epoch' || format.kind === 'excel_date'
  const { decimal, grouping, currency, percent } = format
  return decimal === '.' && grouping === '' && currency === '' && !percent
}

function putValue(sink: ByteSink, bytes: Buffer, cell: EncodedCell, kind: Kind): void {
  const { from, to, isNull } = cell
  if (isNull) sink.copy(NULL)
  else if (isLiteral(bytes, cell, kind)) sink.copy(bytes, from, to)
  else putString(sink, bytes, from, to)
}

function isLiteral(bytes: Buffer, { from, to, isOdd }: EncodedCell, kind: Kind): boolean {
  if (kind === 'text' || from === to || (kind === 'odd_number' && !isOdd)) return false
  const text = bytes.toString('latin1', from, to)
  return NUMBER.test(text) || (kind === 'boolean' && (text === 'true' || text === 'false'))
}

/** An import would refuse it: no stored text may hold a NUL. */
function hasNul(bytes: Buffer, { from, to }: EncodedCell): boolean {
  return bytes.subarray(from, to).includes(0)
}
