import { InvalidInputError } from '../words/errors.ts'

/**
 * Parses parts of a specification as people type them, the same on the command line and in forms.
 */

const QUOTE = '"'
/** A name, in double quotes if it contains a comma, and what follows it. */
const NAME = /^\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(,|$)/

/**
 * Names separated by commas; an empty one is an error. A name with a comma is in double quotes, and
 * quotes within it are doubled, as in CSV.
 * @throws InvalidInputError
 */
export function parseNames(text: string, at?: readonly string[]): string[] {
  const names: string[] = []
  let rest = text
  for (;;) {
    const [whole, quoted, plain = '', comma] = NAME.exec(rest) ?? []
    const name = quoted?.replaceAll('""', '"') ?? plain
    if (whole === undefined || name === '' || (name.startsWith(QUOTE) && quoted === undefined)) {
      throw new InvalidInputError({ problem: 'no_names', text }, { at })
    }
    names.push(name)
    if (comma === '') return names
    rest = rest.slice(whole.length)
  }
}

/** The inverse: names as text that can be typed. */
export function formatNames(names: readonly string[]): string {
  return names.map(formatName).join(', ')
}

function formatName(name: string): string {
  const isPlain = !name.includes(',') && !name.startsWith(QUOTE) && name.trim() === name
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`
}

/** A whole number; other text is returned unchanged, for the specification's schema to refuse. */
export function parseAmount(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}
