import { isNumberText } from './numbers.ts'

/** How a text begins that a spreadsheet takes for a formula, unless it is a number. */
export const FORMULA = /^[=+\-@\t\r]/

/** A text that no spreadsheet runs. */
export function safeCell(text: string): string {
  return FORMULA.test(text) && !isNumberText(text) ? `'${text}` : text
}
