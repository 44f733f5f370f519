import type Sqlite from 'better-sqlite3'
import type { Value, Violation, WritePlan } from '../../../domain/records/record.ts'
import type { Action } from '../../../domain/reconcile/decide.ts'
import { countRows } from '../tables/describe.ts'
import { isEqual, shownText } from '../../../domain/reconcile/merge.ts'
import type { Statements } from '../statements/statements.ts'
import { besidesOf, followRows, moreOf, type FollowedRow } from '../watch/followed-rows.ts'
import { openRowsAgain } from '../watch/rows-again.ts'
import type { Rules } from '../watch/rules.ts'
import type { ChangeTriggers } from '../watch/triggers.ts'

/** The observed effect of an action. */
export type Effect = {
  /** Whether the table now is as the record asks. */
  isDone: boolean
  warnings: Violation[]
  /** Rows deleted by REPLACE without a trigger being fired. */
  replaced: number
}

/** Takes an action and observes its effect on the table. */
export type RunAction = (
  action: Action,
  by: Statements,
  options?: { isCounting: boolean },
) => Effect

const EXPECTED = { inserted: 1, updated: 0, deleted: -1 } as const

/** For tables that only the statement itself changes. */
export function unobserved(): RunAction {
  return (action, by) => {
    const isDone = by.run(action).changes > 0
    return { isDone, warnings: isDone ? [] : [SWALLOWED], replaced: 0 }
  }
}

/** For tables whose triggers or foreign keys may change the written row and other rows. */
export function observed(
  handle: Sqlite.Database,
  plan: WritePlan,
  { clauses, isReplacedIn }: Rules,
  { identity, seen }: ChangeTriggers,
): RunAction {
  const again = openRowsAgain(handle, plan, identity)
  const { name } = plan.table

  return (action, by, { isCounting } = { isCounting: false }) => {
    const known = action.key && by.identify(action.key)
    // DELETE has no OR ABORT clause that would apply to its triggers' writes.
    const isUnruly = action.kind === 'deleted' && clauses.has('replace')
    const counts = isCounting || isReplacedIn || isUnruly
    const before = counts ? countRows(handle, name) : 0
    seen.length = 0
    const written = by.run(action)
    const isPlain = written.changes === 1 && seen.length === 1
    if (isPlain && !isCounting) return { isDone: true, warnings: [], replaced: 0 }

    const { rows, own } = followRows(seen, { known, inserted: written.inserted })
    const stored = own?.isThere ? again.find(own.at) : undefined
    if (own !== undefined) own.isThere = stored !== undefined
    const isDone = isDoneBy(action, by, stored)
    const replaced = counts ? moreOf(...rows) - (countRows(handle, name) - before) : 0
    const warnings = [
      ...(isDone ? changedFields(action, own, stored) : [SWALLOWED]),
      ...besides(rows, own, isDone ? EXPECTED[action.kind] : 0, replaced),
    ]
    return { isDone, warnings, replaced }
  }

  function changedFields(
    { asked }: Action,
    own: FollowedRow | undefined,
    stored: Value[] | undefined,
  ) {
    if (own === undefined || stored === undefined) return []
    return again.differing(own.at, asked).map((at): Violation => {
      const params = { given: shownText(asked[at] ?? null), stored: shownText(stored[at] ?? null) }
      return { field: plan.fields[at] ?? null, message: { code: 'TLY-3014', params } }
    })
  }
}

function isDoneBy(
  { kind, key, found }: Action,
  by: Statements,
  stored: Value[] | undefined,
): boolean {
  switch (kind) {
    case 'inserted':
      return stored !== undefined
    case 'updated':
      return stored !== undefined && !stored.every((value, at) => isEqual(value, found[at] ?? null))
    case 'deleted':
      return stored === undefined && by.find(key) === undefined
  }
}

function besides(
  rows: FollowedRow[],
  own: FollowedRow | undefined,
  expected: number,
  replaced: number,
): Violation[] {
  const { inserted, updated, deleted } = besidesOf(rows, own, expected)
  const params = { inserted, updated, deleted: deleted + replaced }
  if (inserted + updated + params.deleted === 0) return []
  return [{ field: null, message: { code: 'TLY-3015', params } }]
}

const SWALLOWED: Violation = { field: null, message: { code: 'TLY-3013', params: {} } }
