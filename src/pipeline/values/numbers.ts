import type { Value } from '../../domain/records/record.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import { trimEndOf } from '../../domain/texts/shorten.ts'
import { Altered } from './altered.ts'
import { areDigits, decimalOf, digitsOf, isPlainDecimal, SAFE_DIGITS } from './digits.ts'

/** Maximum number of digits with which the table writes a double. */
const WRITTEN_DIGITS = 17
/** The digit limit of toExponential; no double needs more. */
const MAX_DIGITS = 101
/** Smaller doubles have reduced precision. */
const SMALLEST_NORMAL = 2 ** -1022
/** The decimal and the scientific notation in which the table writes doubles. */
const PLAIN = /^-?(0|[1-9]\d*)\.\d*[1-9]$/
const SCIENTIFIC = /^-?[1-9]\.(0|\d*[1-9])e[+-]\d\d+$/
export const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n }
const INT64_LENGTH = String(INT64.least).length
/** Also with decimals that are all 0. */
const WHOLE = /^([+-]?\d+)(?:\.0*)?$/

/** Whether it is a whole number, of whatever size. */
export function isWhole(text: string): boolean {
  return WHOLE.test(text.trim())
}

export function isIntegerText(text: string): boolean {
  return /^[+-]?\d+$/.test(text)
}

export function isNumberText(text: string): boolean {
  return areDigits(text) || /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)
}

/**
 * Accepts decimals that are all 0 too, which programs write for whole numbers in columns with empty
 * fields.
 */
export function castInteger(text: string): Value | undefined {
  const plain = digitsOf(text)
  if (plain !== undefined) return plain

  const [, whole] = WHOLE.exec(text.trim()) ?? []
  if (whole === undefined) return undefined
  return whole.length <= SAFE_DIGITS ? Number(whole) : int64Of(whole)
}

/** A column that stores integers as integers holds more of them exactly than one of doubles. */
export function numberCastFor({ conversion }: ColumnInfo) {
  if (conversion === 'decimal') return castDecimal
  return conversion === 'real' ? castDouble : castNumber
}

/** Kept as text, digit by digit, because no double could hold it. */
function castDecimal(text: string): Value | undefined {
  const trimmed = text.trim()
  return isNumberText(trimmed) ? trimmed : undefined
}

function castNumber(text: string): Value | Altered | undefined {
  const plain = decimalOf(text)
  if (plain !== undefined) return plain

  const trimmed = text.trim()
  const isLong = trimmed.length > SAFE_DIGITS && isIntegerText(trimmed)
  return (isLong ? int64Of(trimmed) : undefined) ?? castDouble(text)
}

function castDouble(text: string): Value | Altered | undefined {
  const plain = decimalOf(text)
  if (plain !== undefined) return plain

  const trimmed = text.trim()
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(trimmed)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  if (!isNumberText(trimmed)) return undefined
  const number = Number(trimmed)
  if (!Number.isFinite(number)) return undefined
  return isExact(trimmed, number) ? number : new Altered(number, 'TLY-3020', trimmed)
}

/**
 * A column that converts to numbers converts a text that looks like a number. Such a text is kept only
 * if the number is written the same way.
 */
export function castNumeric(text: string): Value | Altered {
  return !isNumeric(text) || isWrittenSo(text)
    ? text
    : new Altered(storedNumber(text), 'TLY-3021', text)
}

/** Matches what such a column reads as a number: decimal notation only, with whitespace around it. */
export function isNumeric(text: string): boolean {
  return /^[ \t\n\v\f\r]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?[ \t\n\v\f\r]*$/.test(text)
}

/** Whether it has no leading zeros, no plus sign, and few enough digits to be stored exactly. */
export function isPlainInteger(text: string): boolean {
  if (text.charAt(0) === '0') return text.length === 1
  return digitsOf(text) !== undefined || (/^-[1-9]\d*$/.test(text) && text.length <= SAFE_DIGITS)
}

/**
 * Whether the number, written by the table, is the same text: no extra zeros, signs or exponents, and
 * all its digits.
 */
export function isWrittenSo(text: string): boolean {
  if (isPlainDecimal(text)) return true
  if (/^(0|-?[1-9]\d*)$/.test(text)) return int64Of(text) !== undefined
  const number = Number(text)
  const isPlain = Math.abs(number) >= 1e-4 && Math.abs(number) < 1e17
  return (isPlain ? PLAIN : SCIENTIFIC).test(text) && isExact(text, number)
}

function storedNumber(text: string): number | bigint {
  const trimmed = text.trim()
  const integer = isIntegerText(trimmed) ? int64Of(trimmed) : undefined
  const number = Number(trimmed)
  return integer ?? (Number.isInteger(number) ? (inInt64(BigInt(number)) ?? number) : number)
}

function int64Of(text: string): bigint | undefined {
  const plain = text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')
  return plain.length > INT64_LENGTH ? undefined : inInt64(BigInt(plain))
}

function inInt64(big: bigint): bigint | undefined {
  return big > INT64.most || big < INT64.least ? undefined : big
}

/** Whether the number has the digits of the text. */
function isExact(text: string, number: number): boolean {
  if (text.length <= SAFE_DIGITS && !/e/i.test(text)) return true
  const { digits, exponent } = digitsAndExponent(text)
  if (digits === '') return true
  if (digits.length <= SAFE_DIGITS && Math.abs(number) >= SMALLEST_NORMAL) return true
  if (digits.length > MAX_DIGITS) return false
  const kept = Math.abs(number).toExponential(digits.length - 1)
  return kept === exponential(digits, exponent) || isWritten(number, digits, exponent)
}

function exponential(digits: string, exponent: number): string {
  const decimals = digits.length === 1 ? '' : `.${digits.slice(1)}`
  return `${digits.charAt(0)}${decimals}e${exponent < 0 ? '' : '+'}${exponent}`
}

/**
 * Whether the table writes the number with these digits: its rounding error is less than a tenth of
 * the last one.
 */
function isWritten(number: number, digits: string, exponent: number): boolean {
  if (digits.length !== WRITTEN_DIGITS) return false
  const [mantissa = '', power] = Math.abs(number)
    .toExponential(WRITTEN_DIGITS + 1)
    .split('e')
  const hundredths = Number(BigInt(mantissa.replace('.', '')) - BigInt(digits) * 100n)
  return Number(power) === exponent && Math.abs(hundredths) <= 55
}

/** The digits from the first to the last that is not 0, and the power of ten of the first. */
function digitsAndExponent(text: string): { digits: string; exponent: number } {
  const [, whole = '', decimals = '', power = '0'] =
    /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const all = `${whole}${decimals}`
  const digits = all.replace(/^0+/, '')
  const exponent = whole.length - 1 - (all.length - digits.length) + Number(power)
  return { digits: trimEndOf(digits, '0'), exponent }
}
