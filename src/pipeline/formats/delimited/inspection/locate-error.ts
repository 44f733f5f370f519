import type { ListedReject } from '../../../../domain/records/reject.ts'
import type { Encoding } from '../../../encodings/encoding-names.ts'
import type { FieldSpans, Span } from '../tokenizer/field-spans.ts'
import { foldName } from '../../../import/plan/find-name.ts'
import { firstInvalid } from '../../../encodings/decode.ts'
import type { SourceColumn } from '../../../import/plan/source-columns.ts'

/** Of a long run of bytes that are no text, so many are marked. */
const MAX_INVALID_UNITS = 16

/** Where a record is damaged, and in which column; each undefined where it can't be told. */
export type ErrorLocation = { span: Span | undefined; column: number | undefined }

export type DamagedRecord = {
  units: string
  encoding: Encoding
  /** As it is found in the units. */
  delimiter: string
  found: FieldSpans
  columns: SourceColumn[]
  /** Bytes that follow the units and are not at hand. */
  rest: number
}

/** The place that a message speaks of. */
export function locateError(
  { code, field }: Pick<ListedReject, 'code' | 'field'>,
  record: DamagedRecord,
): ErrorLocation {
  const { units, found } = record
  switch (code) {
    case 'TLY-2001':
    case 'TLY-2002':
    case 'TLY-2004':
      return { span: found.damage?.span, column: found.damage && found.spans.length - 1 }
    case 'TLY-2003':
      return wrongNumber(record)
    case 'TLY-2005':
      return within(invalidSpan(record), record)
    case 'TLY-2006':
      return { span: undefined, column: undefined }
    case 'TLY-2007':
      return within(spanAt(units.indexOf('\0')), record)
    default:
      return inField(field, record)
  }
}

/** What is too much, with the delimiter before it; or the end, where something is wanting. */
function wrongNumber(record: DamagedRecord): ErrorLocation {
  const { units, delimiter, found, columns, rest } = record
  const { spans } = found
  const to = units.length
  const surplus = spans[columns.length]
  if (surplus === undefined && rest > 0) return { span: undefined, column: undefined }
  return surplus === undefined
    ? { span: { from: to, to }, column: spans.length }
    : { span: { from: surplus.from - delimiter.length, to }, column: columns.length }
}

function invalidSpan({ units, encoding }: DamagedRecord): Span | undefined {
  const from = firstInvalid(units, encoding)
  if (from === units.length) return undefined
  let to = from + 1
  const last = Math.min(from + MAX_INVALID_UNITS, units.length)
  while (to < last && firstInvalid(units.slice(to, to + 4), encoding) === 0) to++
  return { from, to }
}

function within(span: Span | undefined, { found: { spans } }: DamagedRecord): ErrorLocation {
  const column = span && spans.findIndex(({ from, to }) => from <= span.from && span.from < to)
  return { span, column: column === -1 ? undefined : column }
}

/** Where the table is gone, a column counts as the field of its name. */
function inField(
  field: string | null,
  { found: { spans }, columns }: DamagedRecord,
): ErrorLocation {
  if (field === null) return { span: undefined, column: undefined }
  const column = columns.findIndex((one) => foldName(one.field ?? one.name) === foldName(field))
  return column === -1 ? { span: undefined, column: undefined } : { span: spans[column], column }
}

function spanAt(index: number): Span | undefined {
  return index === -1 ? undefined : { from: index, to: index + 1 }
}
