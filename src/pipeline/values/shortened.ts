/** As spreadsheets write a number of more than eleven digits, of which they show the first. */
const SHORTENED = /^[+-]?\d[.,](\d+)E\+(\d{2,3})$/
const FEWEST_DIGITS = 12
/** No such number is longer; this bounds the work on hostile texts. */
const LONGEST = 32

/** Whether a text is what a spreadsheet left of a long number, such as 1.23457E+12 of an EAN. */
export function isShortened(text: string): boolean {
  if (text.length > LONGEST) return false
  const [all, decimals = '', power] = SHORTENED.exec(text) ?? []
  const digits = Number(power) + 1
  return all !== undefined && digits >= FEWEST_DIGITS && digits > 1 + decimals.length
}
