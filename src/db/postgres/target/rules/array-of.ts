import { quoteText } from '../../ground/names.ts'
import type { CatalogColumn } from '../../tables/read-columns.ts'

/** Their values need no escape. */
const PLAIN = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'bool', 'date']

/**
 * Values of a column as an array in SQL: of its type where that needs no quotes, else of texts
 * (postgresql.org/docs/current/arrays.html#ARRAYS-IO).
 */
export function arrayOf({ type, sqlType }: CatalogColumn, texts: (string | null)[]): string {
  if (PLAIN.includes(type)) {
    const values = texts.map((text) => text ?? 'NULL')
    return `${quoteText(`{${values.join()}}`)}::${sqlType}[]`
  }
  const quoted = texts.map((text) => (text === null ? 'NULL' : `"${escape(text)}"`))
  return `${quoteText(`{${quoted.join()}}`)}::text[]`
}

function escape(text: string): string {
  return /["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text
}
