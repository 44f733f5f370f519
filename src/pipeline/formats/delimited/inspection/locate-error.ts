import type { ListedReject } from '../../../../domain/records/reject.ts'
import type { Encoding } from '../../../encodings/encoding-names.ts'
import { invalidSpan, spanAt } from '../../inspection/invalid-span.ts'
import type { ErrorLocation, SourceColumn } from '../../inspection/opened-record.ts'
import type { Span } from '../../inspection/span.ts'
import type { FieldSpans } from '../scan/field-spans.ts'
import { foldName } from '../../../values/find-name.ts'

export type DamagedRecord = {
  units: string
  encoding: Encoding
  /** The delimiter as it appears in the units. */
  delimiter: string
  found: FieldSpans
  columns: SourceColumn[]
  /** Number of further bytes that are not available. */
  rest: number
}

/** The span and the column of the error in a message. */
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
      return within(invalidSpan(units, record.encoding), record)
    case 'TLY-2006':
      return { span: undefined, column: undefined }
    case 'TLY-2007':
      return within(spanAt(units.indexOf('\0')), record)
    default:
      return inField(field, record)
  }
}

/**
 * The surplus fields with the delimiter before them, or the end of the record if fields are
 * missing.
 */
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

function within(span: Span | undefined, { found: { spans } }: DamagedRecord): ErrorLocation {
  const column = span && spans.findIndex(({ from, to }) => from <= span.from && span.from < to)
  return { span, column: column === -1 ? undefined : column }
}

/** If the table no longer exists, a column counts as the field of the same name. */
function inField(
  field: string | null,
  { found: { spans }, columns }: DamagedRecord,
): ErrorLocation {
  if (field === null) return { span: undefined, column: undefined }
  const column = columns.findIndex((one) => foldName(one.field ?? one.name) === foldName(field))
  return column === -1 ? { span: undefined, column: undefined } : { span: spans[column], column }
}
