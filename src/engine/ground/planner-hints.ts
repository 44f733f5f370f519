import { sql, type RawBuilder } from 'kysely'

// What tells SQLite's planner, which keeps no statistics here, by what way to go. PostgreSQL keeps
// its own and comes to the same rows: there it costs nothing, and is no promise.

/** A text column without its index: it is looked at in each row that the order of another one gives. */
export function unindexedText(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`(${column} || '')`
}

/** The same of a number. */
export function unindexedNumber(column: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(${column} + 0)`
}

/** Joins the rows on the left, in their order, with those on the right. */
export const inOrderWith = sql.raw('cross join')
