import { sql } from 'kysely'
import type { PlannerHints } from '../../planner-hints.ts'

export const PLANNER_HINTS: PlannerHints = {
  unindexedText: (column) => sql`(${column} || '')`,
  unindexedNumber: (column) => sql`(${column} + 0)`,
  // SQLite never reorders the tables of a cross join (sqlite.org/optoverview.html).
  inOrderWith: sql.raw('cross join'),
  first: (query) => query,
}
