import type { ColumnType } from '../../../domain/records/table.ts'
import type { ErrorPolicy } from '../../../domain/specification/fields/error-policy.ts'

/**
 * Reads and writes the values of a field as a file writes them. Both work on texts: on the side of
 * the table, a value is a text as its column takes and gives it.
 */
export type ValueCodec = {
  /** The text for the column; undefined for one that is not written in this format. */
  read(text: string): string | undefined
  /** The text for the file; undefined for a value that the format cannot write. */
  write(text: string): string | undefined
  /** The message for texts that are not in the format, and what becomes of them if not `onError`. */
  refusal: { code: 'TLY-3040' | 'TLY-3041'; policy: ErrorPolicy | undefined }
}

/** A codec whose refusals follow the policy of the field. */
export function codec(read: ValueCodec['read'], write: ValueCodec['write']): ValueCodec {
  return { read, write, refusal: { code: 'TLY-3040', policy: undefined } }
}

/** How a boolean is written for a column of the type. */
export function booleanTexts(type: ColumnType): { true: string; false: string } {
  return type === 'integer' || type === 'number'
    ? { true: '1', false: '0' }
    : { true: 'true', false: 'false' }
}
