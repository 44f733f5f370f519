import { shorten } from '../../../domain/texts/shorten.ts'
import type { Value, Violation } from '../../../domain/records/record.ts'
import type { ColumnType } from '../../../domain/records/table.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'

const WHOLE: Record<string, [bigint, bigint]> = {
  int2: [-(2n ** 15n), 2n ** 15n - 1n],
  int4: [-(2n ** 31n), 2n ** 31n - 1n],
  int8: [-(2n ** 63n), 2n ** 63n - 1n],
}
/** Decimal digits that every float4 keeps, and the most that one is written with. */
const [FLOAT4_SAFE, FLOAT4_WRITTEN] = [6, 9]
/** Fractions of a second finer than the server's microseconds. */
const TOO_FINE = /\.\d{6}\d*[1-9]/
const OTHER_ZONE = /[+-](?!00(?::?00)?$)\d\d(?::?\d\d)?$/

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
      const [least, most] = WHOLE[type] ?? [0n, 0n]
      const [from, to] = [Number(least), Number(most)]
      return (value) => {
        const isIn =
          typeof value === 'number'
            ? value >= from && value <= to
            : typeof value !== 'bigint' || (value >= least && value <= most)
        return isIn ? undefined : unfit(value, column, 'integer')
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
      return (value) => (isTime(value, type) ? undefined : unfit(value, column, 'datetime'))
    default:
      return undefined
  }
}

/** A column without a time zone would lose it. */
function isTime(value: Value, type: string): boolean {
  if (typeof value !== 'string') return false
  return !TOO_FINE.test(value) && (type === 'timestamptz' || !OTHER_ZONE.test(value.slice(10)))
}

function decimalMisfit(text: string, column: CatalogColumn): Violation | undefined {
  const { precision, scale } = column
  if (precision === null || scale === null) return undefined
  const [, whole = '', decimals = '', power = '0'] =
    /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const places = decimals.replace(/0+$/, '').length - Number(power)
  const digits = whole.replace(/^0+/, '').length + Number(power)
  if (decimals + whole === '') return undefined
  if (digits > precision - scale) return unfit(text, column, 'number')
  return places > scale && /[1-9]/.test(decimals + whole)
    ? altered(text, Number(text).toFixed(Math.max(0, Math.min(scale, 100))), column)
    : undefined
}

function float4Misfit(text: string, column: CatalogColumn): Violation | undefined {
  const number = Number(text)
  const kept = Math.fround(number)
  if (!Number.isFinite(number)) return undefined
  if (!Number.isFinite(kept)) return unfit(text, column, 'number')
  for (let digits = FLOAT4_SAFE; digits <= FLOAT4_WRITTEN; digits++) {
    const written = Number(kept.toPrecision(digits))
    if (Math.fround(written) !== kept) continue
    return written === number ? undefined : altered(text, String(written), column)
  }
  return undefined
}

function unfit(value: Value, { name }: CatalogColumn, type: ColumnType): Violation {
  const params = { value: shorten(String(value)), type }
  return { field: name, message: { code: 'TLY-3001', params } }
}

function altered(given: string, stored: string, { name }: CatalogColumn): Violation {
  const params = { given: shorten(given), stored }
  return { field: name, message: { code: 'TLY-3020', params } }
}
