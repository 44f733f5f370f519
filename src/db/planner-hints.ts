import { sql, type RawBuilder } from 'kysely'

/** Hints for the query planner of a database that has no statistics. They change no result. */
export type PlannerHints = {
  /** Hides a text column from its index: it becomes a residual filter in the scan of another one. */
  unindexedText(column: RawBuilder<unknown>): RawBuilder<unknown>
  /** The same for a number. */
  unindexedNumber(column: RawBuilder<unknown>): RawBuilder<unknown>
  /** A join that reads the left side first, in its order. */
  inOrderWith: RawBuilder<unknown>
}

export const NO_HINTS: PlannerHints = {
  unindexedText: (column) => column,
  unindexedNumber: (column) => column,
  inOrderWith: sql.raw('cross join'),
}
