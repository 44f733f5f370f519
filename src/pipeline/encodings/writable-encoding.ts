import { UnusableError } from '../../domain/words/errors.ts'
import { ENCODINGS, parseEncoding, type Encoding } from './encoding-names.ts'

/** Of these, characters change the meaning of those behind them, or take more than two bytes. */
const ONLY_READ: readonly Encoding[] = ['iso-2022-jp', 'gb18030']

/** @throws UnusableError where nothing can be written in the encoding */
export function writableEncoding(name: string): Encoding {
  const encoding = parseEncoding(name)
  if (encoding !== undefined && !ONLY_READ.includes(encoding)) return encoding
  const choices = ENCODINGS.filter((one) => !ONLY_READ.includes(one)).join(', ')
  throw new UnusableError({ problem: 'no_encoding', encoding: name, choices })
}
