import { UnusableError } from '../../domain/words/errors.ts'
import { ENCODINGS, parseEncoding, type Encoding } from './encoding-names.ts'

/** In these, characters change the meaning of later ones, or take more than two bytes. */
const ONLY_READ: readonly Encoding[] = ['iso-2022-jp', 'gb18030']

export const WRITABLE_ENCODINGS = ENCODINGS.filter((one) => !ONLY_READ.includes(one))

/** @throws UnusableError if the encoding is unknown or read-only */
export function writableEncoding(name: string): Encoding {
  const encoding = parseEncoding(name)
  if (encoding !== undefined && !ONLY_READ.includes(encoding)) return encoding
  const choices = WRITABLE_ENCODINGS.join(', ')
  throw new UnusableError({ problem: 'no_encoding', encoding: name, choices })
}
