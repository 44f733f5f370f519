import { sql, type RawBuilder } from 'kysely'

/** Hints for the query planner, where the list knows better than statistics. They change no result. */
export type PlannerHints = {
  /** Hides a text column from its index: it becomes a residual filter in the scan of another one. */
  unindexedText(column: RawBuilder<unknown>): RawBuilder<unknown>
  /** The same for a number. */
  unindexedNumber(column: RawBuilder<unknown>): RawBuilder<unknown>
  /** A join that reads the left side first, in its order. */
  inOrderWith: RawBuilder<unknown>
  /** A query for few rows, which is carried out before what is around it, such as an order. */
  first<Row>(query: RawBuilder<Row>): RawBuilder<Row>
}

export const NO_HINTS: PlannerHints = {
  unindexedText: (column) => column,
  unindexedNumber: (column) => column,
  inOrderWith: sql.raw('cross join'),
  first: (query) => query,
}
