const NUMBER = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/

/**
 * Compares two numbers by all their digits, and other texts by their code units: negative if the
 * first comes before the second.
 */
export function compareTexts(a: string, b: string): number {
  const [one, other] = [numberOf(a), numberOf(b)]
  if (one === undefined || other === undefined) return a < b ? -1 : Number(a > b)
  if (one.sign !== other.sign) return one.sign - other.sign
  return compareDigits(one, other) * one.sign
}

type Digits = { sign: number; whole: string; decimals: string }

/** The sign is 0 for zero. */
function numberOf(text: string): Digits | undefined {
  const trimmed = text.trim()
  if (!/\d/.test(trimmed)) return undefined
  const [found, sign, whole = '', decimals = ''] = NUMBER.exec(trimmed) ?? []
  if (found === undefined) return undefined
  const isZero = whole === '' && decimals === ''
  return { sign: isZero ? 0 : sign === '-' ? -1 : 1, whole, decimals }
}

function compareDigits(a: Digits, b: Digits): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length
  const [one, other] = [a.whole + a.decimals, b.whole + b.decimals]
  return one < other ? -1 : Number(one > other)
}
