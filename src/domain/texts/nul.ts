import { InvalidInputError } from '../words/errors.ts'

/**
 * PostgreSQL stores no U+0000 in a text, and no file has one in its name. It is refused on every
 * database alike, so that a job can move from one to the other.
 * @throws InvalidInputError
 */
export function requireNoNul(text: string, part: string): void {
  if (text.includes('\0')) throw new InvalidInputError({ problem: 'nul_in_text' }, { at: [part] })
}
