import { isNumberText } from './numbers.ts'

/** The beginning of a text that a spreadsheet takes for a formula, unless it is a number. */
export const FORMULA = /^[=+\-@\t\r]/

/** Escapes a text that a spreadsheet would run as a formula. */
export function safeCell(text: string): string {
  return FORMULA.test(text) && !isNumberText(text) ? `'${text}` : text
}
