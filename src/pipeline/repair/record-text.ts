import { UnusableError } from '../../domain/words/errors.ts'
import { decode, unitsOf } from '../encodings/decode.ts'
import type { Encoding } from '../encodings/encoding-names.ts'
import { requireEncoded } from '../encodings/require-encoded.ts'

/** Stands for each byte of a line that is no text in its encoding. */
const UNREADABLE = '\ufffd'

/** A whole record as text, to be edited; bytes that are no text are replacement characters. */
export function textOfRecord(raw: Buffer, encoding: Encoding): string {
  return decode(unitsOf(raw, encoding), encoding)
    .map((piece) => (typeof piece === 'number' ? UNREADABLE : piece))
    .join('')
}

/**
 * The bytes of an edited record.
 * @throws UnusableError where a byte that could not be read is still in it, or the encoding lacks a
 *   character
 */
export function recordOfText(text: string, encoding: Encoding): Buffer {
  if (text.includes(UNREADABLE)) throw new UnusableError({ problem: 'unreadable_left' })
  return requireEncoded(text, encoding)
}
