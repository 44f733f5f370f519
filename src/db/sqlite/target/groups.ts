import type Sqlite from 'better-sqlite3'
import type { Row, WritePlan } from '../../../domain/records/record.ts'
import { violationOf } from './constraint.ts'
import type { Statements } from '../statements/statements.ts'

const MAX_PATIENCE = 64

/** A statement's effect differs from its request, and nothing in the schema explains it. */
export class UnforeseenWrite extends Error {
  override name = 'UnforeseenWrite'
}

/** Inserts groups of records by one statement each, which also finds out whether all are new. */
export function openGroups(
  handle: Sqlite.Database,
  plan: WritePlan,
  group: NonNullable<Statements['group']>,
) {
  // A failed group costs twice, so after each failure more groups go record by record (back-off).
  let patience = 0
  let wait = 0

  return {
    size: group.size,
    /**
     * Whether a group starts at `at` whose rows were all new; if so, they are inserted.
     * @throws UnforeseenWrite
     */
    insert(rows: Row[], at: number): boolean {
      if (at + group.size > rows.length) return false
      if (wait > 0) {
        wait--
        return false
      }
      const isIn = group.fit(rows, at) && inserts(rows, at)
      patience = isIn ? 0 : Math.min(MAX_PATIENCE, patience * 2 + 1)
      wait = patience
      return isIn
    },
  }

  function inserts(rows: Row[], at: number): boolean {
    const count = insertedBy(rows, at)
    if (count !== undefined && count !== group.size) throw new UnforeseenWrite()
    return count !== undefined
  }

  function insertedBy(rows: Row[], at: number): number | undefined {
    try {
      return group.insert(rows, at)
    } catch (error) {
      violationOf(error, plan, handle)
      return undefined
    }
  }
}
