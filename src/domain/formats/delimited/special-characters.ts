import { NO_CHARACTER } from './delimited-options.ts'

/** Names and escapes for special characters, the same on the command line and in forms. */

const NAMES: Record<string, string> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
}

/** The delimiters that a form offers by name. */
export const COMMON_DELIMITERS = ['comma', 'semicolon', 'tab', 'pipe', 'space'] as const
export type CommonDelimiter = (typeof COMMON_DELIMITERS)[number]

export function commonDelimiter(delimiter: string): CommonDelimiter | undefined {
  return COMMON_DELIMITERS.find((name) => NAMES[name] === delimiter)
}

const RECORD_ENDS: Record<string, string> = { lf: '\n', cr: '\r', crlf: '\r\n' }

const ESCAPED = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([trn]))/gi
const SIMPLE: Record<string, string> = { t: '\t', r: '\r', n: '\n' }

/**
 * A delimiter by its name or literally; escapes such as `\x01` and `\t` stand for what cannot be
 * typed.
 */
export function parseDelimiter(text: string): string {
  return NAMES[text] ?? unescape(text)
}

export function parseRecordEnd(text: string): string {
  return RECORD_ENDS[text.toLowerCase()] ?? unescape(text)
}

/** A quote or escape character; `none` for none. */
export function parseCharacter(text: string): string {
  return text.toLowerCase() === 'none' ? NO_CHARACTER : unescape(text)
}

/**
 * The delimiter in a form that can be typed and read: blanks by name, invisible characters by
 * number.
 */
export function delimiterName(delimiter: string): string {
  const named = Object.entries(NAMES).find(([, character]) => character === delimiter)
  return delimiter.trim() === '' && named !== undefined ? named[0] : visible(delimiter)
}

export function recordEndName(recordEnd: string): string {
  const named = Object.entries(RECORD_ENDS).find(([, characters]) => characters === recordEnd)
  return named?.[0] ?? visible(recordEnd)
}

export function characterName(character: string): string {
  return character === NO_CHARACTER ? 'none' : visible(character)
}

function unescape(text: string): string {
  return text.replace(ESCAPED, (_, byte?: string, unit?: string, letter?: string) =>
    letter === undefined
      ? String.fromCharCode(Number.parseInt(byte ?? unit ?? '', 16))
      : (SIMPLE[letter.toLowerCase()] ?? letter),
  )
}

function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const simple = Object.entries(SIMPLE).find(([, one]) => one === character)
    return simple === undefined
      ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
      : `\\${simple[0]}`
  })
}
