import { isUtf8 } from 'node:buffer'
import type Sqlite from 'better-sqlite3'

/** The text encoding of a database. */
export type StoredText = {
  isUtf8: boolean
  /** Undefined for bytes that are not valid text. */
  decode(bytes: Buffer): string | undefined
  encode(text: string): Buffer
  /** The same text in UTF-8; invalid bytes stay invalid. */
  toUtf8(bytes: Buffer): Buffer
}

export function storedText(handle: Sqlite.Database): StoredText {
  const encoding = handle.pragma('encoding', { simple: true })
  if (encoding === 'UTF-8') {
    return {
      isUtf8: true,
      decode: (bytes) => (isUtf8(bytes) ? bytes.toString() : undefined),
      encode: (text) => Buffer.from(text),
      toUtf8: (bytes) => bytes,
    }
  }
  const ordered = (bytes: Buffer) => (encoding === 'UTF-16be' ? bytes.swap16() : bytes)
  // SQLite also ignores half a code unit at the end.
  const textOf = (bytes: Buffer) =>
    ordered(Buffer.from(bytes.subarray(0, bytes.length & ~1))).toString('utf16le')
  return {
    isUtf8: false,
    decode(bytes) {
      const text = textOf(bytes)
      return text.isWellFormed() ? text : undefined
    },
    encode: (text) => ordered(Buffer.from(text, 'utf16le')),
    toUtf8: (bytes) => withSurrogates(textOf(bytes)),
  }
}

/** UTF-8, with a lone surrogate as the three bytes that UTF-8 would use if it allowed it. */
function withSurrogates(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const pieces = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return character.isWellFormed()
      ? Buffer.from(character)
      : Buffer.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  })
  return Buffer.concat(pieces)
}
