import type { Value } from '../../../domain/records/record.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'

/** A value as the server reads it: bytes come as such, or as hexadecimal digits. */
export function wireOf(value: Value | undefined, { type }: CatalogColumn): string | null {
  if (value === undefined || value === null) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  return type === 'bytea' ? `\\x${value}` : String(value)
}

/** A stored value, as the server writes it in a text. */
export function storedOf(text: string | null, { type }: CatalogColumn): Value {
  return text !== null && type === 'bytea' ? Buffer.from(text.slice(2), 'hex') : text
}
