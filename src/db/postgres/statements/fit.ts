import { shorten } from '../../../domain/texts/shorten.ts'
import type { Value, Violation } from '../../../domain/records/record.ts'
import type { ColumnType } from '../../../domain/records/table.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { WHOLE } from '../tables/whole-numbers.ts'
import { decimalOf } from './canonical-texts.ts'
import { isCutOff } from '../ground/interval-units.ts'

/** Decimal digits that every float4 keeps, and the most that one is written with. */
const [FLOAT4_SAFE, FLOAT4_WRITTEN] = [6, 9]
/** Below this, a number is a float4. */
const FLOAT4_ABOVE = '3.4028236e38'
/** The server's microseconds. */
const DECIMALS_OF_SECOND = 6
/** The decimals of a number in a time: what follows the last digit that is not 0 does not count. */
const DECIMALS = /[.,](\d*[1-9])/
/** Types that are cut off silently, with the bytes that they keep. */
const BYTES: Record<string, number> = { name: 63, char: 1 }
const OTHER_ZONE = /[+-](?!00(?::?00)?$)\d\d(?::?\d\d)?$/

const TIMES = ['time', 'timetz', 'timestamp', 'timestamptz', 'interval']
const ROUNDED = ['numeric', 'float4', 'float8', 'money', ...TIMES]
const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^{}",]+)/g
/** Of 64 bits. */
const MONEY_DIGITS = 19

/** Why a value does not fit its column; undefined where it does. */
export type Fit = (value: Value) => Violation | undefined

/** @see fitFor */
export function misfitOf(value: Value | undefined, column: CatalogColumn): Violation | undefined {
  return value === undefined || value === null ? undefined : fitFor(column)?.(value)
}

/**
 * Finds out whether a value does not fit its column unchanged, where the value alone shows it: the
 * server would name no field, or silently round. Undefined for a column that takes each.
 */
export function fitFor(column: CatalogColumn): Fit | undefined {
  const { type } = column
  switch (type) {
    case 'int2':
    case 'int4':
    case 'int8': {
      const { least, most } = WHOLE[type] ?? { least: 0n, most: 0n }
      const [from, to] = [Number(least), Number(most)]
      return (value) => {
        const isIn =
          typeof value === 'number'
            ? value >= from && value <= to
            : typeof value !== 'bigint' || (value >= least && value <= most)
        if (isIn) return undefined
        return unfit(value, column, 'integer', { least: String(least), most: String(most) })
      }
    }
    case 'numeric':
      if (column.precision === null || column.scale === null) return undefined
      return (value) => decimalMisfit(String(value), column)
    case 'float4':
      return (value) => float4Misfit(String(value), column)
    case 'date':
      return (value) => (typeof value === 'bigint' ? unfit(value, column, 'date') : undefined)
    case 'timestamp':
    case 'timestamptz':
      return (value) =>
        isTime(value, type) ? secondsMisfit(value, column) : unfit(value, column, 'datetime')
    case 'time':
    case 'timetz':
      return (value) => secondsMisfit(String(value), column)
    case 'interval':
      return (value) => secondsMisfit(String(value), column) ?? unitsMisfit(String(value), column)
    case 'name':
    case 'char':
      return (value) => bytesMisfit(String(value), column)
    case 'money':
      return (value) => moneyMisfit(String(value), column)
    default:
      return type.startsWith('_') ? fitForEach({ ...column, type: type.slice(1) }) : undefined
  }
}

/** The server rounds the elements of an array as it does single values. */
function fitForEach(column: CatalogColumn): Fit | undefined {
  const fit = ROUNDED.includes(column.type) ? fitForOne(column) : undefined
  if (fit === undefined) return undefined
  return (value) => {
    // Without the bounds, as in `[0:1]={7,8}`.
    const elements = String(value)
      .replace(/^[^{]*/, '')
      .matchAll(ELEMENT)
    for (const [, quoted, plain = ''] of elements) {
      const text = (quoted ?? plain).trim()
      const misfit = text === '' || /^null$/i.test(text) ? undefined : fit(text)
      if (misfit !== undefined) return misfit
    }
    return undefined
  }
}

/** A double is parsed before it comes to its column, and one in an array is not. */
function fitForOne(column: CatalogColumn): Fit | undefined {
  return column.type === 'float8' ? (value) => float8Misfit(String(value), column) : fitFor(column)
}

/** A column without a time zone would lose it. */
function isTime(value: Value, type: string): value is string {
  if (typeof value !== 'string') return false
  return type === 'timestamptz' || !OTHER_ZONE.test(value.slice(10))
}

/** The server would round it. */
function secondsMisfit(text: string, { name, scale }: CatalogColumn): Violation | undefined {
  const [, decimals = ''] = DECIMALS.exec(text) ?? []
  const limit = scale ?? DECIMALS_OF_SECOND
  if (decimals.length <= limit) return undefined
  return { field: name, message: { code: 'TLY-3022', params: { value: shorten(text), limit } } }
}

function unitsMisfit(text: string, { name, declared, sqlDeclared }: CatalogColumn) {
  if (!isCutOff(text, sqlDeclared)) return undefined
  const params = { value: shorten(text), type: declared }
  return { field: name, message: { code: 'TLY-3023', params } } satisfies Violation
}

function bytesMisfit(text: string, { name, type }: CatalogColumn): Violation | undefined {
  const limit = BYTES[type] ?? Infinity
  const length = Buffer.byteLength(text)
  if (length <= limit) return undefined
  const params = { value: shorten(text), limit, length }
  return { field: name, message: { code: 'TLY-3024', params } }
}

function decimalMisfit(text: string, column: CatalogColumn): Violation | undefined {
  const { precision, scale } = column
  if (precision === null || scale === null) return undefined
  const [, sign = '', whole = '', decimals = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const digits = `${whole}${decimals}`.replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  if (kept === '') return undefined
  const exponent = Number(power) - decimals.length
  const limit = precision - scale
  const range = limit > 0 ? { digits: limit } : { below: (10 ** limit).toFixed(-limit) }
  if (digits.length + exponent > limit) return unfit(text, column, 'number', range)
  const places = -exponent - (digits.length - kept.length)
  if (places <= scale) return undefined
  const rounded = roundedTo(scale, BigInt(digits), -exponent)
  return altered(text, sign === '-' ? `-${rounded}` : rounded, column)
}

/** A number of `places` decimals as the server rounds it: half of the last place goes up. */
function roundedTo(scale: number, digits: bigint, places: number): string {
  const unit = 10n ** BigInt(places - scale)
  const kept = String((digits + unit / 2n) / unit)
  if (scale <= 0) return kept === '0' ? kept : kept + '0'.repeat(-scale)
  const padded = kept.padStart(scale + 1, '0')
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

function float4Misfit(text: string, column: CatalogColumn): Violation | undefined {
  const number = Number(text)
  const kept = Math.fround(number)
  if (!Number.isFinite(number)) return undefined
  if (!Number.isFinite(kept)) return unfit(text, column, 'number', { below: FLOAT4_ABOVE })
  for (let digits = FLOAT4_SAFE; digits <= FLOAT4_WRITTEN; digits++) {
    const written = Number(kept.toPrecision(digits))
    if (Math.fround(written) !== kept) continue
    return written === number ? undefined : altered(text, String(written), column)
  }
  return undefined
}

function float8Misfit(text: string, column: CatalogColumn): Violation | undefined {
  const number = Number(text)
  if (!Number.isFinite(number) || decimalOf(String(number)) === decimalOf(text)) return undefined
  return altered(text, String(number), column)
}

/** A comma separates thousands, wherever it stands: the server would make 150 of `1,50`. */
function moneyMisfit(text: string, column: CatalogColumn): Violation | undefined {
  if (/,(?!\d{3}(?!\d))/.test(text)) return unfit(text, column, 'number')
  return decimalMisfit(text.replace(/[^\d.-]/g, ''), { ...column, precision: MONEY_DIGITS })
}

function unfit(value: Value, { name }: CatalogColumn, type: ColumnType, range = {}): Violation {
  const params = { value: shorten(String(value)), type, ...range }
  return { field: name, message: { code: 'TLY-3001', params } }
}

function altered(given: string, stored: string, { name }: CatalogColumn): Violation {
  const params = { given: shorten(given), stored }
  return { field: name, message: { code: 'TLY-3020', params } }
}
