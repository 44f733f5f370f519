/** Numbers without a regular expression: this runs on every value of a column. */

/** A double keeps any decimal number of this many digits exactly. */
export const SAFE_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: SAFE_DIGITS + 1 }, (_, power) => Number(`1e${power}`))
const [HYPHEN, POINT, ZERO, NINE] = [45, 46, 48, 57]

/**
 * Whether it has few digits, none of them a needless zero, and perhaps a point among them: a table
 * writes such a number as it is, and others too.
 */
export function isPlainDecimal(text: string): boolean {
  const from = text.charCodeAt(0) === HYPHEN ? 1 : 0
  const hasWhole = text.charCodeAt(from) !== ZERO || text.charCodeAt(from + 1) === POINT
  if (!hasWhole || text.length > SAFE_DIGITS || text.startsWith('0.000', from)) return false
  let point = -1
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT && point === -1 && at > from) point = at
    else if (code < ZERO || code > NINE) return false
  }
  const last = text.charCodeAt(text.length - 1)
  return text.length > from && (point === -1 || (last !== ZERO && last !== POINT))
}

/** Whether it has digits, however many, and perhaps a point among them. */
export function areDigits(text: string): boolean {
  let points = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT) points++
    else if (code < ZERO || code > NINE) return false
  }
  return points < 2 && text.length > points
}

/** A number of only a few digits. */
export function digitsOf(text: string, from = 0, to = text.length): number | undefined {
  if (to === from || to - from > SAFE_DIGITS) return undefined
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    number = number * 10 + digit
  }
  return number
}

/**
 * The same for digits with a decimal point. Both integers are exact doubles, so their quotient is
 * the double nearest to the text.
 */
export function decimalOf(text: string): number | undefined {
  let number = 0
  let decimals = -1
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit === POINT - ZERO && decimals === -1) decimals = text.length - at - 1
    else if (digit < 0 || digit > 9) return undefined
    else number = number * 10 + digit
  }
  const digits = decimals === -1 ? text.length : text.length - 1
  if (digits === 0 || digits > SAFE_DIGITS) return undefined
  return decimals <= 0 ? number : number / (POWERS_OF_TEN[decimals] ?? 1)
}
