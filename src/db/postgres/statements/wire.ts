import type { Value } from '../../../domain/records/record.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'

/** A value in the server's text format; bytes are given as a Buffer or hexadecimal digits. */
export function wireOf(
  value: Value | undefined,
  { type }: Pick<CatalogColumn, 'type'>,
): string | null {
  if (typeof value === 'string' && type !== 'bytea') return value
  if (value === undefined || value === null) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  return type === 'bytea' ? `\\x${value}` : plainText(value)
}

/** A value's text; a double keeps the sign of its zero. */
export function plainText(value: Value): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** A stored value, from the server's text format. */
export function storedOf(text: string | null, { type }: CatalogColumn): Value {
  return text !== null && type === 'bytea' ? Buffer.from(text.slice(2), 'hex') : text
}
