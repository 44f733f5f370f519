import { isAscii } from 'node:buffer'
import { analyse } from 'chardet'
import { decoderFor } from './encoding.ts'
import { parseEncoding, type Encoding } from './encoding-names.ts'
import { mayBeWestern, speaksAgainstWestern } from './western.ts'

export type Detected = {
  encoding: Encoding
  bomBytes: number
  /** From 0 to 1. */
  confidence: number
  /** Other possible encodings, the most likely first. */
  alternatives: Encoding[]
}

/** Byte order marks; GB18030 has its own. UTF-32 cannot be read: see `foreignKind`. */
const MARKS: readonly [string, Encoding][] = [
  ['\xef\xbb\xbf', 'utf-8'],
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
  ['\x84\x31\x95\x33', 'gb18030'],
]

/** The encoding of the languages of most files, also those of the program. */
const WESTERN: Encoding = 'windows-1252'
const MOST_ALTERNATIVES = 3
/** Confidence in Windows-1252 without counter-evidence; similar encodings cannot be told apart. */
const WESTERN_CONFIDENCE = 0.8
const UTF_8_CONFIDENCE = 0.99
const GUESSED_UTF_16 = 0.95
/** Escape sequences of ISO-2022-JP that switch from ASCII to Japanese characters. */
const TO_JAPANESE = ['\x1b$@', '\x1b$B']

/**
 * Detects the encoding. A byte order mark decides. Without one, NULs in every other byte mean
 * UTF-16, and valid UTF-8 is UTF-8. All else is Windows-1252, unless its bytes contradict that:
 * then the library's most likely encoding in which all bytes are valid.
 */
export function detectEncoding(firstBytes: Buffer): Detected {
  const start = firstBytes.toString('latin1', 0, 4)
  const mark = MARKS.find(([bytes]) => start.startsWith(bytes))
  if (mark !== undefined) {
    const [{ length: bomBytes }, encoding] = mark
    return { encoding, bomBytes, confidence: 1, alternatives: [] }
  }
  const utf16 = guessUtf16(firstBytes)
  if (utf16 !== undefined) {
    return { encoding: utf16, bomBytes: 0, confidence: GUESSED_UTF_16, alternatives: [] }
  }
  if (isJapaneseMail(firstBytes)) {
    const confidence = UTF_8_CONFIDENCE
    return { encoding: 'iso-2022-jp', bomBytes: 0, confidence, alternatives: [] }
  }
  const utf8 = shareOfUtf8(firstBytes)
  if (utf8 <= 0.5) return { bomBytes: 0, ...detectLegacy(firstBytes) }
  const alternatives = utf8 < 1 && mayBeWestern(firstBytes) ? [WESTERN] : []
  return { encoding: 'utf-8', bomBytes: 0, confidence: UTF_8_CONFIDENCE * utf8, alternatives }
}

function isJapaneseMail(bytes: Buffer): boolean {
  const isMarked = TO_JAPANESE.some((sequence) => bytes.includes(sequence))
  const decode = decoderFor('iso-2022-jp')
  return isMarked && isAscii(bytes) && decode(wholeLines(bytes).toString('latin1')) !== undefined
}

function detectLegacy(bytes: Buffer): Omit<Detected, 'bomBytes'> {
  const possible = candidates(bytes)
  const isDoubtful = speaksAgainstWestern(bytes)
  const [likeliest] = possible
  const best =
    isDoubtful && likeliest !== undefined
      ? likeliest
      : { encoding: WESTERN, confidence: isDoubtful ? 0 : WESTERN_CONFIDENCE }
  const others = possible.map(({ encoding }) => encoding).filter((one) => one !== best.encoding)
  const alternatives = others.slice(0, MOST_ALTERNATIVES)
  if (others.includes(WESTERN) && !alternatives.includes(WESTERN)) {
    alternatives.splice(-1, 1, WESTERN)
  }
  return { ...best, alternatives }
}

type EncodingGuess = { encoding: Encoding; confidence: number }

/**
 * The library's guesses that can be read and in which all bytes are valid, the likeliest first.
 * Windows-1252 is one wherever its bytes are possible, and the first of equally likely ones.
 */
function candidates(bytes: Buffer): EncodingGuess[] {
  const lines = wholeLines(bytes).toString('latin1')
  const isReadable = (encoding: Encoding) =>
    encoding === WESTERN ? mayBeWestern(bytes) : decoderFor(encoding)(lines) !== undefined
  const guesses = analyse(bytes).flatMap(({ name, confidence }): EncodingGuess[] => {
    const found = parseEncoding(name)
    if (found === undefined || found.startsWith('utf')) return []
    const encoding = found === 'iso-8859-1' ? WESTERN : found
    return [{ encoding, confidence: confidence / 100 }]
  })
  const found = [...guesses, { encoding: WESTERN, confidence: 0 }].filter(
    ({ encoding }, at, all) =>
      all.findIndex((one) => one.encoding === encoding) === at && isReadable(encoding),
  )
  const preference = ({ encoding }: EncodingGuess) => (encoding === WESTERN ? 1 : 0)
  return found.sort((a, b) => b.confidence - a.confidence || preference(b) - preference(a))
}

/** Cuts the sample at the last line end, because it may end within a character. */
function wholeLines(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(0x0a)
  return end === -1 ? bytes : bytes.subarray(0, end)
}

/** In UTF-16, the high byte of nearly every Latin character is NUL, and the low byte never is. */
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
 * One damaged record must not turn all others into mojibake: a text is UTF-8 if its multibyte
 * characters outnumber the stray bytes. The sample may end within a character.
 * @returns the share of those characters, from 0 to 1
 */
function shareOfUtf8(bytes: Buffer): number {
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true })
  const characters = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0
  const strays = text.match(/\ufffd/g)?.length ?? 0
  return strays === 0 ? 1 : characters / (characters + strays)
}
