import { NONE_GIVEN } from './dialect-options.ts'

/** How people type the characters that a file is written with: the same everywhere. */

const NAMES: Record<string, string> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
}

/** Those that are chosen by their names. */
export const COMMON_DELIMITERS = ['comma', 'semicolon', 'tab', 'pipe', 'space'] as const
export type CommonDelimiter = (typeof COMMON_DELIMITERS)[number]

export function commonDelimiter(delimiter: string): CommonDelimiter | undefined {
  return COMMON_DELIMITERS.find((name) => NAMES[name] === delimiter)
}

const RECORD_ENDS: Record<string, string> = { lf: '\n', cr: '\r', crlf: '\r\n' }

const ESCAPED = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([trn]))/gi
const SIMPLE: Record<string, string> = { t: '\t', r: '\r', n: '\n' }

/** By its name, or as it is; `\x01` and `\t` stand for what cannot be typed. */
export function delimiterFrom(text: string): string {
  return NAMES[text] ?? unescaped(text)
}

export function recordEndFrom(text: string): string {
  return RECORD_ENDS[text.toLowerCase()] ?? unescaped(text)
}

/** A quote or an escape; `none` where there is none. */
export function characterFrom(text: string): string {
  return text.toLowerCase() === 'none' ? NONE_GIVEN : unescaped(text)
}

/** As it can be typed and seen: a blank by its name, and what has no shape by its number. */
export function delimiterName(delimiter: string): string {
  const named = Object.entries(NAMES).find(([, character]) => character === delimiter)
  return delimiter.trim() === '' && named !== undefined ? named[0] : visible(delimiter)
}

export function recordEndName(recordEnd: string): string {
  const named = Object.entries(RECORD_ENDS).find(([, characters]) => characters === recordEnd)
  return named?.[0] ?? visible(recordEnd)
}

export function characterName(character: string): string {
  return character === NONE_GIVEN ? 'none' : visible(character)
}

function unescaped(text: string): string {
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
