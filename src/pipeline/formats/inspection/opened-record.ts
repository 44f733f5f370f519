import type { ListedReject } from '../../../domain/records/reject.ts'
import { encodedBytesOf, decode, type DecodedRun } from '../../encodings/decode.ts'
import type { Encoding } from '../../encodings/encoding-names.ts'
import { boundaryFrom } from './excerpt.ts'
import type { Span } from './span.ts'

/** A column of a source, and the table field that it fills, if any. */
export type SourceColumn = { name: string; field: string | undefined }

/** The damaged span and its column; each undefined if unknown. */
export type ErrorLocation = { span: Span | undefined; column: number | undefined }

/**
 * `missing`: the record ends before the column; `unread`: damage comes before it; `beyond`: it is
 * not in the available bytes.
 */
export type OpenedValue =
  { pieces: DecodedRun[]; /** In bytes. */ leftOut: number } | 'missing' | 'unread' | 'beyond'

/** A record that can be split into fields; a truncated last character is left out. */
export type OpenedRecord = {
  /** The text, as `unitsOf` returns it. */
  units: string
  encoding: Encoding
  /** The columns of the source; the record may have more. */
  columns: SourceColumn[]
  /** Number of columns in the record. */
  width: number
  /** `rest`: further bytes that are not available; `cutUnits`: units of a truncated character. */
  rest: number
  cutUnits: number
  /** The value in a column, from 0, up to `longest` units. */
  valueAt(index: number, longest: number): OpenedValue
  /** The span and the column of the error in a message. */
  locate(message: Pick<ListedReject, 'code' | 'field'>): ErrorLocation
}

/** The beginning of a value, and how many bytes follow. */
export function shownValue(value: string, longest: number, encoding: Encoding): OpenedValue {
  if (value.length <= longest) return { pieces: decode(value, encoding), leftOut: 0 }
  const end = boundaryFrom(value, longest, encoding)
  return {
    pieces: decode(value.slice(0, end), encoding),
    leftOut: encodedBytesOf(value.length - end, encoding),
  }
}
