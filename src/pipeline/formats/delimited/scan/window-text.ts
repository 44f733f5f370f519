import type { Encoding } from '../../../encodings/encoding-names.ts'
import { swapped } from '../../../encodings/encoding.ts'
import { isMultibyte } from '../../../encodings/encoding-names.ts'
import { maskedText } from '../../../encodings/masked-text.ts'

export const LF = 10
export const CR = 13

/**
 * The text of a window: UTF-16 unchanged, otherwise one character per byte.
 * @param final true at the end of the source
 */
export function textOfWindow(bytes: Buffer, encoding: Encoding, final: boolean): string {
  if (isMultibyte(encoding)) return maskedText(bytes, encoding)
  if (!encoding.startsWith('utf-16')) return bytes.toString('latin1')

  const text = (encoding === 'utf-16be' ? swapped(bytes) : bytes).toString('utf16le')
  // Half a character at the very end becomes half a surrogate pair, which no valid text has.
  return final && bytes.length % 2 === 1 ? text + '\ud800' : text
}

/** Counts the line ends in a range: CR, LF or CR LF. */
export function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) lines++
  }
  return lines
}

/** The text; undefined if it has a lone surrogate. */
export function wellFormed(text: string): string | undefined {
  return text.isWellFormed() ? text : undefined
}

/** Whether the range holds only repeated delimiters. */
export function isAll(text: string, delimiter: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += delimiter.length) {
    if (at + delimiter.length > to || !text.startsWith(delimiter, at)) return false
  }
  return true
}
