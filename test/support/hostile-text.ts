import fc from 'fast-check'
import { expect } from 'vitest'

/** What ends a line, turns its direction, moves a cursor or hides; and half of a character. */
export const UNSEEN =
  '\0 \t \n \v \f \r \u001b \u007f \u0085 \u009b \u00ad \u061c \u200b \u200e \u200f \u2028 \u2029 ' +
  '\u202a \u202b \u202c \u202d \u202e \u2060 \u2066 \u2067 \u2068 \u2069 \ufeff \ud800 \udfff'

const UNSEEN_CHARACTERS = UNSEEN.split(' ')

/** Names and values that try to be more than they are. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...UNSEEN_CHARACTERS),
      fc.constantFrom('a', 'é', 'אב', '日本', '👩‍👧', ' ', '\r\n', '2026-01-31T10:00:00.000Z  Error'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))

const RAW = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\u00ad\u200b\u2060\ufeff]/u

/** One line, of which nothing is hidden and nothing turned. */
export function expectOneLine(text: string): void {
  expect(text).not.toMatch(RAW)
}

/** What stands in a box, and what it is named for the form, is its own affair: it must come back as it is. */
function outsideOfBoxes(html: string): string {
  return html
    .replace(/<textarea[^>]*>[^]*?<\/textarea>/g, '')
    .replace(/<(input|option)\b[^>]*? value="[^"]*"/g, '<$1')
    .replace(/<select\b[^>]*? name="[^"]*"/g, '<select')
    .replace(/\u2068([^\u2066-\u2069]*)\u2069/g, '$1')
}

/** HTML has lines of its own; text that should be one has none of the rest. */
export function expectPlain(html: string, where: string): void {
  expect(outsideOfBoxes(html).replace(/[\n]/g, ''), where).toSatisfy((text: string) => {
    expectOneLine(text)
    return true
  })
}

/** So many lines, each with an end and of that kind. */
export function expectLines(text: string, count?: number): string[] {
  expect(text.endsWith('\n') || text === '').toBe(true)
  const lines = text.split('\n').slice(0, -1)
  for (const line of lines) expectOneLine(line)
  if (count !== undefined) expect(lines).toHaveLength(count)
  return lines
}
