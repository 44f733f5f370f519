import { isAscii } from 'node:buffer'
import type { MultibyteEncoding } from './encoding-names.ts'

/**
 * Bytes as the tokenizer scans them in multibyte encodings, where the second byte of a character
 * may look like a mark. Masking turns such a byte into a character beyond Latin-1 with the byte as
 * its low half, so it never matches a mark. An index is still a byte offset, and `Buffer.from(text,
 * 'latin1')` restores the bytes.
 */
export function maskedText(bytes: Buffer, encoding: MultibyteEncoding): string {
  if (encoding === 'iso-2022-jp') return maskJapaneseMail(bytes)
  const width = CHARACTERS[encoding]
  if (isAscii(bytes)) return bytes.toString('latin1')

  const units = Uint16Array.from(bytes)
  for (let at = 0; at < bytes.length;) {
    const length = isBetween(bytes[at], 0x81, 0xfe) ? width(bytes, at) : 1
    for (let trail = at + 1; trail < at + length; trail++) mask(units, trail)
    at += length
  }
  return textOf(units)
}

const MASK = 0x100

/** Length in bytes of the character that a high byte begins; 1 if it is invalid. */
type Width = (bytes: Buffer, at: number) => number

const isBetween = (byte: number | undefined, from: number, to: number) =>
  byte !== undefined && byte >= from && byte <= to

const CHARACTERS: Record<Exclude<MultibyteEncoding, 'iso-2022-jp'>, Width> = {
  'euc-jp': (bytes, at) => {
    if (!isBetween(bytes[at + 1], 0xa1, 0xfe)) return 1
    return bytes[at] === 0x8f && isBetween(bytes[at + 2], 0xa1, 0xfe) ? 3 : 2
  },
  shift_jis: (bytes, at) => {
    const isLead = isBetween(bytes[at], 0x81, 0x9f) || isBetween(bytes[at], 0xe0, 0xfc)
    return isLead && isBetween(bytes[at + 1], 0x40, 0xfc) ? 2 : 1
  },
  big5: twoBytes,
  'euc-kr': twoBytes,
  gbk: twoOrFour,
  gb18030: twoOrFour,
}

function twoBytes(bytes: Buffer, at: number): number {
  return isBetween(bytes[at + 1], 0x40, 0xfe) ? 2 : 1
}

function twoOrFour(bytes: Buffer, at: number): number {
  const isLong =
    isBetween(bytes[at + 1], 0x30, 0x39) &&
    isBetween(bytes[at + 2], 0x81, 0xfe) &&
    isBetween(bytes[at + 3], 0x30, 0x39)
  return isLong ? 4 : twoBytes(bytes, at)
}

const ESCAPE = 0x1b
/** Length of an escape sequence; `ESC ( B` switches back to ASCII. */
const SEQUENCE_BYTES = 3
const ASCII_AGAIN = ['(B', '(J']

/** Masks all from an escape sequence to the one back to ASCII. Each line begins in ASCII. */
function maskJapaneseMail(bytes: Buffer): string {
  const units = Uint16Array.from(bytes)
  let isAsciiNow = true
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === ESCAPE) {
      isAsciiNow = ASCII_AGAIN.includes(bytes.toString('latin1', at + 1, at + SEQUENCE_BYTES))
      const end = Math.min(at + SEQUENCE_BYTES, bytes.length)
      for (let part = at; part < end; part++) mask(units, part)
      at = end - 1
    } else if (byte === 0x0a || byte === 0x0d) isAsciiNow = true
    else if (!isAsciiNow) mask(units, at)
  }
  return textOf(units)
}

function mask(units: Uint16Array, at: number): void {
  const byte = units[at]
  if (byte !== undefined && byte < MASK) units[at] = byte + MASK
}

function textOf(units: Uint16Array): string {
  return Buffer.from(units.buffer).toString('utf16le')
}
