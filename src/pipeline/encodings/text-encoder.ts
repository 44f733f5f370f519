import { isAscii, isUtf8 } from 'node:buffer'
import { swapped } from './encoding.ts'
import type { Encoding } from './encoding-names.ts'
import { encodingTable } from './encoding-table.ts'
import { sampleOf } from './sample-text.ts'

const UNKNOWN = '?'

/**
 * Returns a function that converts UTF-8 to another encoding, with a question mark for each
 * character that it lacks.
 */
export function textEncoder(encoding: Encoding): (text: Buffer) => Buffer {
  switch (encoding) {
    case 'utf-8':
      return (text) => text
    case 'utf-16le':
      return (text) => Buffer.from(text.toString(), 'utf16le')
    case 'utf-16be':
      return (text) => swapped(Buffer.from(text.toString(), 'utf16le'))
    default:
      return (text) => {
        if (isAscii(text)) return text
        const table = encodingTable(encoding)
        const bytes = [...text.toString()].map((character) => table.get(character) ?? UNKNOWN)
        return Buffer.from(bytes.join(''), 'latin1')
      }
  }
}

/**
 * Returns a function that finds the first character of a UTF-8 text that the encoding lacks, or a
 * sample of invalid UTF-8.
 */
export function lackingIn(encoding: Encoding): (text: Buffer) => string | undefined {
  if (encoding === 'utf-8') return () => undefined
  const isUnicode = encoding.startsWith('utf-16')
  return (text) => {
    if (isAscii(text)) return undefined
    if (!isUtf8(text)) return sampleOf(text)
    if (isUnicode) return undefined
    const table = encodingTable(encoding)
    return [...text.toString()].find((character) => !table.has(character))
  }
}
