import { sql } from 'kysely'
import type { PlannerHints } from '../../planner-hints.ts'

/** Its statistics tell nothing of texts, and take conditions on one row for independent. */
export const PLANNER_HINTS: PlannerHints = {
  unindexedText: (column) => sql`(${column} || '')`,
  unindexedNumber: (column) => sql`(${column} + 0)`,
  inOrderWith: sql.raw('cross join'),
  // A query with an offset is not merged into the one around it.
  first: (query) => sql`select * from (${query}) as few offset 0`,
}
