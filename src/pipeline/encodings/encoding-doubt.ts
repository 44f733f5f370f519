import { encodedBytesOf, firstInvalid, unitsOf } from './decode.ts'
import { detectEncoding } from './detect-encoding.ts'
import type { Encoding } from './encoding-names.ts'

export type EncodingDoubt = { byte: string; place: number; hint: Encoding }

/**
 * The first invalid bytes in hexadecimal, their place in the record from 1, and a likely encoding.
 */
export function doubtIn(raw: string, encoding: Encoding): EncodingDoubt {
  const bytes = Buffer.from(raw, 'latin1')
  const at = firstInvalid(unitsOf(bytes, encoding), encoding)
  const place = encodedBytesOf(at, encoding)
  const byte = bytes
    .subarray(place, place + encodedBytesOf(1, encoding))
    .toString('hex')
    .toUpperCase()
  const { encoding: likely } = detectEncoding(bytes)
  return { byte, place: place + 1, hint: likely === encoding ? 'windows-1252' : likely }
}
