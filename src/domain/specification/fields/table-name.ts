import { withProblem } from './texts.ts'
import { name } from '../../texts/names.ts'

export const tableName = name.refine((text) => !isReservedName(text), withProblem('reserved_name'))

/** Tallyman's own tables cannot be targets, and SQLite reserves names that begin with `sqlite_`. */
export function isReservedName(text: string): boolean {
  return /^(tallyman|sqlite)_/i.test(text)
}
