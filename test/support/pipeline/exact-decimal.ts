/** Whether two expansions differ by no more than one in the last of 17 digits, as SQLite writes them. */
export function areNext(one: string, other: string): boolean {
  const [[digits = '', power], [others = '', alike]] = [one.split('e'), other.split('e')]
  const length = Math.max(digits.length, others.length)
  const difference = BigInt(digits.padEnd(length, '0')) - BigInt(others.padEnd(length, '0'))
  return length === 17 && power === alike && difference >= -1n && difference <= 1n
}

/**
 * The digits and the power of ten of a number: of a text as it is written, of a double as it is
 * exactly, by whole numbers, rounded to as many digits as the text has.
 */
export function expansionOf(number: string | number, like: string = String(number)): string {
  const text = partsOf(like)
  if (typeof number === 'string' || text.digits === '') return nameOf(text.digits, text.power)
  return number === 0 ? nameOf('', 0) : rounded(Math.abs(number), text.digits.length)
}

function nameOf(digits: string, power: number): string {
  return digits === '' ? '0' : `${digits}e${power}`
}

function partsOf(text: string): { digits: string; power: number } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^[+-]/, '').split('e')
  const [whole = '', decimals = ''] = mantissa.split('.')
  const all = (whole + decimals).replace(/^0+/, '')
  const digits = all.replace(/0+$/, '')
  return { digits, power: Number(exponent) - decimals.length + all.length }
}

function rounded(number: number, length: number): string {
  let top = number
  let bottom = 1n
  while (!Number.isInteger(top)) {
    top *= 2
    bottom *= 2n
  }
  // The power of ten by which the digits before the point are as many as there shall be.
  for (let shift = length + 2 - Math.floor(Math.log10(number)); ; shift--) {
    const [scaled, by] =
      shift >= 0
        ? [BigInt(top) * 10n ** BigInt(shift), bottom]
        : [BigInt(top), bottom * 10n ** BigInt(-shift)]
    const whole = (2n * scaled + by) / (2n * by)
    const digits = String(whole)
    if (digits.length <= length || (digits.length === length + 1 && /^10*$/.test(digits))) {
      return nameOf(digits.replace(/0+$/, ''), digits.length - shift)
    }
  }
}
