import type { Conversion } from '../../../domain/records/table.ts'

/** Column affinity, from the declared type's name (sqlite.org/datatype3.html §3.1). */
export function affinityOf(declared: string, isStrict: boolean): Conversion {
  const name = declared.toLowerCase()
  // Only STRICT tables have the type ANY, which stores every value as it is.
  if (isStrict && name === 'any') return 'blob'
  if (name.includes('int')) return 'integer'
  if (/char|clob|text/.test(name)) return 'text'
  if (name === '' || name.includes('blob')) return 'blob'
  return /real|floa|doub/.test(name) ? 'real' : 'numeric'
}
