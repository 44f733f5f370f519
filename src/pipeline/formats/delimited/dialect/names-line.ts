import { encodeCharacter } from '../../../encodings/encode.ts'
import type { Encoding } from '../../../encodings/encoding-names.ts'
import type { DelimitedState } from './delimited-state.ts'
import { quotedIn } from './quoted-in.ts'

/** The header line of the source, in Latin-1, with an empty name for each extra field. */
export function namesLine(memo: DelimitedState): string {
  const names = [...memo.header, ...Array<string>(memo.dropped).fill('')]
  const line = names.map((name) => quotedIn(name, memo)).join(memo.delimiter)
  return encoderFor(memo.encoding)(line).toString('latin1')
}

type Encode = (text: string) => Buffer

/** Replaces a character that the encoding lacks with a question mark. */
export function encoderFor(encoding: Encoding): Encode {
  const known = new Map<string, string>()
  const encodeOne = (character: string) => {
    const bytes = known.get(character) ?? encodeCharacter(character, encoding) ?? '?'
    known.set(character, bytes)
    return bytes
  }
  return (text) => Buffer.from([...text].map(encodeOne).join(''), 'latin1')
}
