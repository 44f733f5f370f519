import { isUtf8 } from 'node:buffer'

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Bytes given as a Latin-1 string, one character a byte; undefined when they are not valid. */
export type Decoder = (bytes: string) => string | undefined

const ALIASES: Record<Encoding, readonly string[]> = {
  'utf-8': ['utf8', 'ascii', 'usascii'],
  'utf-16le': ['utf16le', 'utf16', 'ucs2', 'unicode'],
  'utf-16be': ['utf16be'],
  'windows-1252': ['windows1252', 'win1252', 'cp1252', '1252', 'ansi'],
  'iso-8859-1': ['iso88591', '88591', 'latin1', 'l1'],
  'iso-8859-15': ['iso885915', '885915', 'latin9', 'l9'],
}

/** Upper and lower case, hyphens, underscores and blanks make no difference. */
export function parseEncoding(name: string): Encoding | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  return ENCODINGS.find((encoding) => ALIASES[encoding].includes(plain))
}

/**
 * A byte order mark settles it. Without one: NULs in every other byte are UTF-16, valid UTF-8 is
 * UTF-8, and the rest is Windows-1252, in which every byte means something.
 */
export function detectEncoding(firstBytes: Buffer): { encoding: Encoding; bomBytes: number } {
  const mark = firstBytes.toString('latin1', 0, 3)
  if (mark === '\xef\xbb\xbf') return { encoding: 'utf-8', bomBytes: 3 }
  if (mark.startsWith('\xff\xfe')) return { encoding: 'utf-16le', bomBytes: 2 }
  if (mark.startsWith('\xfe\xff')) return { encoding: 'utf-16be', bomBytes: 2 }

  const encoding = guessUtf16(firstBytes) ?? (beginsAsUtf8(firstBytes) ? 'utf-8' : 'windows-1252')
  return { encoding, bomBytes: 0 }
}

/**
 * Node's own decoders are not used for single bytes: the standard they follow has no true
 * ISO-8859-1.
 */
export function decoderFor(encoding: Encoding): Decoder {
  return DECODERS[encoding]
}

/** A character as its bytes in a Latin-1 string; undefined where the encoding does not have it. */
export function encodeCharacter(character: string, encoding: Encoding): string | undefined {
  if (encoding === 'utf-8') return Buffer.from(character, 'utf8').toString('latin1')
  if (encoding === 'utf-16le') return Buffer.from(character, 'utf16le').toString('latin1')
  if (encoding === 'utf-16be') return swapped(Buffer.from(character, 'utf16le')).toString('latin1')

  const decode = decoderFor(encoding)
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
  return bytes.find((byte) => decode(byte) === character)
}

/** The other byte order; a last odd byte is left out. The bytes given stay as they are. */
export function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()
}

const DECODERS: Record<Encoding, Decoder> = {
  'utf-8': (bytes) => {
    const buffer = Buffer.from(bytes, 'latin1')
    const text = buffer.toString('utf8')
    // Only where a replacement character turns up must one ask whether it was in the source.
    return text.includes('\ufffd') && !isUtf8(buffer) ? undefined : text
  },
  'utf-16le': (bytes) => decodeUtf16(Buffer.from(bytes, 'latin1')),
  'utf-16be': (bytes) =>
    bytes.length % 2 === 0 ? decodeUtf16(swapped(Buffer.from(bytes, 'latin1'))) : undefined,
  'windows-1252': (bytes) => bytes.replace(/[\x80-\x9f]/g, inWindows1252),
  'iso-8859-1': (bytes) => bytes,
  'iso-8859-15': (bytes) => bytes.replace(/[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]/g, inLatin9),
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

/**
 * Text in a Latin script has NUL as the high byte of nearly every character, and never as the low
 * one.
 */
function guessUtf16(bytes: Buffer): Encoding | undefined {
  const pairs = Math.floor(bytes.length / 2)
  let first = 0
  let second = 0
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[2 * pair] === 0) first++
    if (bytes[2 * pair + 1] === 0) second++
  }
  if (pairs === 0 || Math.max(first, second) < pairs * 0.4) return undefined
  else if (first < second * 0.1) return 'utf-16le'
  else if (second < first * 0.1) return 'utf-16be'
  else return undefined
}

/**
 * One damaged record must not make mojibake of all the others: it is UTF-8 where its characters of
 * several bytes outnumber the bytes that belong to none. The bytes may end within a character.
 */
function beginsAsUtf8(bytes: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true })
  const characters = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0
  const strays = text.match(/\ufffd/g)?.length ?? 0
  return strays === 0 || characters > strays
}
