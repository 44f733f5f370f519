import { isUtf8 } from 'node:buffer'
import { MASK } from '../../domain/records/mask.ts'
import { isMultibyte, isUtf16, type Encoding } from './encoding-names.ts'
import { maskedText } from './masked-text.ts'
import { decoderFor, swapped } from './encoding.ts'

const REPLACEMENT = '\ufffd'
const REPLACEMENT_BYTES = '\xef\xbf\xbd'

/** Decoded text, or one invalid byte (in UTF-16 one code unit). */
export type DecodedRun = string | number

/** What is kept of a record with sensitive values that cannot be read, in any encoding. */
const MASKED = Buffer.from(MASK)

/**
 * The bytes of a record as the tokenizer scans them: one character per byte, or in UTF-16 per two
 * bytes. A last odd byte becomes a lone surrogate, which no valid text has.
 */
export function unitsOf(raw: Buffer, encoding: Encoding): string {
  if (isMultibyte(encoding)) return maskedText(raw, encoding)
  if (!isUtf16(encoding) || raw.equals(MASKED)) return raw.toString('latin1')
  const text = (encoding === 'utf-16be' ? swapped(raw) : raw).toString('utf16le')
  const odd = raw.length % 2 === 1 ? raw.at(-1) : undefined
  return odd === undefined ? text : text + String.fromCharCode(0xd800 + odd)
}

/** The bytes that these units stand for. */
export function bytesOfUnits(units: string, encoding: Encoding): Buffer {
  if (!isUtf16(encoding)) return Buffer.from(units, 'latin1')
  const bytes = Buffer.from(units, 'utf16le')
  return encoding === 'utf-16be' ? swapped(bytes) : bytes
}

export function encodedBytesOf(units: number, encoding: Encoding): number {
  return encoding.startsWith('utf-16') ? 2 * units : units
}

/** Decodes units as text and keeps invalid ones in place: nothing is lost or replaced. */
export function decode(units: string, encoding: Encoding): DecodedRun[] {
  if (encoding.startsWith('utf-16')) return withoutLoneSurrogates(units)
  return encoding === 'utf-8' ? readUtf8(units) : textOr(units, decoderFor(encoding)(units))
}

/** Index of the first invalid unit; the length if all are valid. */
export function firstInvalid(units: string, encoding: Encoding): number {
  if (encoding === 'utf-8') return validUtf8(Buffer.from(units, 'latin1'))
  if (isUtf16(encoding)) {
    const lone = units.search(LONE_SURROGATE)
    return lone === -1 ? units.length : lone
  }
  return decoderFor(encoding)(units) === undefined ? firstUndecoded(units, encoding) : units.length
}

/** Binary search: every prefix up to the invalid byte can be decoded, and no longer one can. */
function firstUndecoded(units: string, encoding: Encoding): number {
  const bytes = Buffer.from(units, 'latin1')
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isBeginning(bytes.subarray(0, middle), encoding)) good = middle
    else bad = middle
  }
  return isBeginning(bytes.subarray(0, bad), encoding) ? good : bad - 1
}

/** Whether the bytes are valid text, which may end within a character. */
function isBeginning(bytes: Buffer, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Whether the index is not within a character. */
export function isBoundary(units: string, at: number, encoding: Encoding): boolean {
  const code = units.charCodeAt(at)
  if (encoding === 'utf-8') return (code & 0xc0) !== 0x80
  // In these encodings, all bytes of a character but the first are masked.
  if (isMultibyte(encoding)) return code < 0x100
  return !isUtf16(encoding) || (code & 0xfc00) !== 0xdc00
}

const LONE_SURROGATE = /\p{Surrogate}/u

function withoutLoneSurrogates(units: string): DecodedRun[] {
  return units
    .split(/(\p{Surrogate})/u)
    .filter((piece) => piece !== '')
    .map((piece) => (LONE_SURROGATE.test(piece) ? piece.charCodeAt(0) : piece))
}

function readUtf8(units: string): DecodedRun[] {
  const bytes = Buffer.from(units, 'latin1')
  const pieces: DecodedRun[] = []
  for (let at = 0; at < bytes.length; at++) {
    const valid = validUtf8(bytes.subarray(at))
    if (valid > 0) pieces.push(bytes.toString('utf8', at, at + valid))
    at += valid
    pieces.push(...bytes.subarray(at, at + 1))
  }
  return pieces
}

/** Number of bytes before the first invalid UTF-8. */
function validUtf8(bytes: Buffer): number {
  if (isUtf8(bytes)) return bytes.length
  const text = bytes.toString('utf8')
  let valid = 0
  let from = 0
  for (;;) {
    // Its bytes show whether a replacement character is in the source or stands for an invalid
    // byte.
    const at = text.indexOf(REPLACEMENT, from)
    valid += Buffer.byteLength(text.slice(from, at))
    if (bytes.toString('latin1', valid, valid + 3) !== REPLACEMENT_BYTES) return valid
    valid += 3
    from = at + 1
  }
}

function textOr(units: string, text: string | undefined): DecodedRun[] {
  return units === '' ? [] : [text ?? units]
}
