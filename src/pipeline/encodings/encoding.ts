import { isUtf8 } from 'node:buffer'
import { isMultibyte, type Encoding, type MultibyteEncoding } from './encoding-names.ts'

/** Takes bytes as a Latin-1 string, one character per byte; undefined if they are invalid. */
export type Decoder = (bytes: string) => string | undefined

/** Western encodings do not use Node's decoders: their standard has no true ISO-8859-1. */
export function decoderFor(encoding: Encoding): Decoder {
  let decoder = DECODERS.get(encoding)
  if (decoder === undefined) {
    decoder = isMultibyte(encoding) ? wholeDecoder(encoding) : tableDecoder(encoding)
    DECODERS.set(encoding, decoder)
  }
  return decoder
}

/** A decoder for multibyte encodings, by Node. */
function wholeDecoder(encoding: MultibyteEncoding): Decoder {
  const strict = () => new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let decoder = strict()
  return (bytes) => {
    try {
      return decoder.decode(Buffer.from(bytes, 'latin1'))
    } catch {
      // It may have buffered half a character.
      decoder = strict()
      return undefined
    }
  }
}

/** A lookup table for single-byte encodings; some bytes have no meaning in some of them. */
function tableDecoder(encoding: Encoding): Decoder {
  const decoder = new TextDecoder(encoding)
  const table = Array.from({ length: 128 }, (_, at) => decoder.decode(Uint8Array.of(0x80 + at)))
  const lookUp = (byte: string) => table[byte.charCodeAt(0) - 0x80] ?? REPLACEMENT
  return (bytes) => {
    const text = bytes.replace(/[\x80-\xff]/g, lookUp)
    return text.includes(REPLACEMENT) ? undefined : text
  }
}

/** Returns a copy in the other byte order, without a last odd byte. */
export function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()
}

const REPLACEMENT = '\ufffd'

/** Our own decoders; others are cached here on first use. */
const DECODERS = new Map<Encoding, Decoder>([
  ['utf-8', decodeUtf8],
  ['utf-16le', (bytes) => decodeUtf16(Buffer.from(bytes, 'latin1'))],
  [
    'utf-16be',
    (bytes) =>
      bytes.length % 2 === 0 ? decodeUtf16(swapped(Buffer.from(bytes, 'latin1'))) : undefined,
  ],
  ['windows-1252', (bytes) => bytes.replace(/[\x80-\x9f]/g, inWindows1252)],
  ['iso-8859-1', (bytes) => bytes],
  ['iso-8859-15', (bytes) => bytes.replace(/[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]/g, inLatin9)],
])

function decodeUtf8(bytes: string): string | undefined {
  const buffer = Buffer.from(bytes, 'latin1')
  const text = buffer.toString('utf8')
  // Only a replacement character requires the check whether it was in the source.
  return text.includes(REPLACEMENT) && !isUtf8(buffer) ? undefined : text
}

function decodeUtf16(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf16le')
  return bytes.length % 2 === 0 && text.isWellFormed() ? text : undefined
}

/**
 * https://encoding.spec.whatwg.org/index-windows-1252.txt, 0x80 to 0x9f; five bytes stay control
 * characters.
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function inWindows1252(byte: string): string {
  return WINDOWS_1252.charAt(byte.charCodeAt(0) - 0x80)
}

/** The eight places where ISO-8859-15 differs from ISO-8859-1. */
const LATIN_9: Record<string, string> = {
  '\xa4': '€',
  '\xa6': 'Š',
  '\xa8': 'š',
  '\xb4': 'Ž',
  '\xb8': 'ž',
  '\xbc': 'Œ',
  '\xbd': 'œ',
  '\xbe': 'Ÿ',
}

function inLatin9(byte: string): string {
  return LATIN_9[byte] ?? byte
}
