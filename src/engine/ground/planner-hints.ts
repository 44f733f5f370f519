import { sql, type RawBuilder } from 'kysely'

// Hints for SQLite's query planner, which has no statistics here. PostgreSQL has its own and finds
// the same rows: there the hints cost nothing and guarantee nothing.

/** Hides a text column from its index: it becomes a residual filter in the scan of another one. */
export function unindexedText(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`(${column} || '')`
}

/** The same for a number. */
export function unindexedNumber(column: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(${column} + 0)`
}

/** A join that reads the left side first, in its order. */
export const inOrderWith = sql.raw('cross join')
