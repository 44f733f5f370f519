import { InvalidInputError } from './errors.ts'

/** How people type parts of a specification: the same on the command line and in forms. */

const DELIMITER_NAMES: Record<string, string> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
}

/**
 * Names with commas between; an empty one is a slip.
 * @throws InvalidInputError
 */
export function namesFrom(text: string, at?: readonly string[]): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidInputError({ problem: 'no_names', text }, { at })
  return names
}

/** By its name or as it is. */
export function delimiterFrom(text: string): string {
  return DELIMITER_NAMES[text] ?? text
}

/** As it can be typed and seen: the name of a blank, and any other as it is. */
export function delimiterName(delimiter: string): string {
  if (delimiter.trim() !== '') return delimiter
  const named = Object.entries(DELIMITER_NAMES).find(([, character]) => character === delimiter)
  return named?.[0] ?? delimiter
}

/** What is no number is left as it is: the specification says what it must be. */
export function amountFrom(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}
