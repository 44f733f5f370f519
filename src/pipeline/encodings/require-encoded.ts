import { UnusableError } from '../../domain/words/errors.ts'
import { encodeCharacter, encodeText } from './encode.ts'
import type { Encoding } from './encoding-names.ts'

/**
 * Encodes a text.
 * @throws UnusableError that names the first character that the encoding lacks
 */
export function requireEncoded(text: string, encoding: Encoding): Buffer {
  const bytes = encodeText(text, encoding)
  if (bytes !== undefined) return Buffer.from(bytes, 'latin1')
  const lacking = [...text].find((one) => encodeCharacter(one, encoding) === undefined)
  throw new UnusableError({ problem: 'no_character_for', text: lacking ?? text, encoding })
}
