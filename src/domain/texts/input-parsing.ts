import { InvalidInputError } from '../words/errors.ts'

/** How people type parts of a specification: the same on the command line and in forms. */

const QUOTE = '"'
/** A name, in double quotes where it holds a comma, and what comes behind it. */
const NAME = /^\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(,|$)/

/**
 * Names with commas between; an empty one is a slip. One that holds a comma stands in double
 * quotes, which are doubled within, as in CSV.
 * @throws InvalidInputError
 */
export function namesFrom(text: string, at?: readonly string[]): string[] {
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

/** Names as they can be typed. */
export function namesText(names: readonly string[]): string {
  return names.map(nameText).join(', ')
}

function nameText(name: string): string {
  const isPlain = !name.includes(',') && !name.startsWith(QUOTE) && name.trim() === name
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`
}

/** What is no number is left as it is: the specification says what it must be. */
export function amountFrom(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}
