import type { ListedReject } from '../../../domain/records/reject.ts'
import { bytesOf, decode, type DecodedRun } from '../../encodings/decode.ts'
import type { Encoding } from '../../encodings/encoding-names.ts'
import { boundaryFrom } from './excerpt.ts'
import type { Span } from './span.ts'

/** A column of a source, and the field of the table that it fills, if any. */
export type SourceColumn = { name: string; field: string | undefined }

/** Where a record is damaged, and in which column; each undefined where it can't be told. */
export type ErrorLocation = { span: Span | undefined; column: number | undefined }

/**
 * `missing` where the record ends before the column, `unread` where it is damaged before it, `beyond`
 * where it does not end in what is at hand.
 */
export type OpenedValue =
  { pieces: DecodedRun[]; /** Bytes. */ leftOut: number } | 'missing' | 'unread' | 'beyond'

/** A record whose fields can be told apart; a character that was cut off at its end is left out. */
export type OpenedRecord = {
  /** Its text, as `unitsOf` gives it. */
  units: string
  encoding: Encoding
  /** Those of the source; a record may have more. */
  columns: SourceColumn[]
  /** How many it has. */
  width: number
  /** Bytes that follow the units and are not at hand, and units of a character that was cut. */
  rest: number
  cutUnits: number
  /** What stands in a column, from 0; of a longer value so many units. */
  valueAt(index: number, longest: number): OpenedValue
  /** The place that a message speaks of. */
  locate(message: Pick<ListedReject, 'code' | 'field'>): ErrorLocation
}

/** The beginning of a value, and how much follows. */
export function shownValue(value: string, longest: number, encoding: Encoding): OpenedValue {
  if (value.length <= longest) return { pieces: decode(value, encoding), leftOut: 0 }
  const end = boundaryFrom(value, longest, encoding)
  return {
    pieces: decode(value.slice(0, end), encoding),
    leftOut: bytesOf(value.length - end, encoding),
  }
}
