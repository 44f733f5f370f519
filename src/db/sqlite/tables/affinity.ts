import type { Affinity } from '../../../domain/records/table.ts'

/** What SQLite makes of values, by the name of the declared type (sqlite.org/datatype3.html §3.1). */
export function affinityOf(declared: string, isStrict: boolean): Affinity {
  const name = declared.toLowerCase()
  // Of all tables, only a strict one has a type that takes everything as it comes.
  if (isStrict && name === 'any') return 'blob'
  if (name.includes('int')) return 'integer'
  if (/char|clob|text/.test(name)) return 'text'
  if (name === '' || name.includes('blob')) return 'blob'
  return /real|floa|doub/.test(name) ? 'real' : 'numeric'
}
