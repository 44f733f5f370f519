import { swapped } from './encoding.ts'
import type { Encoding } from './encoding-names.ts'
import { encodingTable } from './encoding-table.ts'

/** Encodes a character as a Latin-1 string of its bytes; undefined if the encoding lacks it. */
export function encodeCharacter(character: string, encoding: Encoding): string | undefined {
  if (encoding === 'utf-8') return Buffer.from(character, 'utf8').toString('latin1')
  if (encoding === 'utf-16le') return Buffer.from(character, 'utf16le').toString('latin1')
  if (encoding === 'utf-16be') return swapped(Buffer.from(character, 'utf16le')).toString('latin1')
  return character <= '\x7f' ? character : encodingTable(encoding).get(character)
}

/** Encodes a text as a Latin-1 string of its bytes; undefined if the encoding lacks a character. */
export function encodeText(text: string, encoding: Encoding): string | undefined {
  const bytes = [...text].map((character) => encodeCharacter(character, encoding))
  return bytes.includes(undefined) ? undefined : bytes.join('')
}
