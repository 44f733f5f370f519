import type Sqlite from 'better-sqlite3'
import type { RecordOutcome, Row, WritePlan } from '../../../domain/records/record.ts'
import { reconcileRuleOf } from '../../../domain/reconcile/decide.ts'
import { applyFor } from './apply.ts'
import { openSavepointGuard } from './savepoint-guard.ts'
import { openDeferred } from './references/deferred-foreign-keys.ts'
import { openGroups, UnforeseenWrite } from './groups.ts'
import { openKeys } from '../statements/seen-keys.ts'
import { openPostponing } from './references/postpone.ts'
import { openSavepoint } from './savepoint.ts'
import { prepareStatements } from '../statements/statements.ts'
import { usable } from '../tables/usable.ts'
import { observed, unobserved } from './run-action.ts'
import { rulesOf, type Rules } from '../watch/rules.ts'
import { changeTriggers } from '../watch/triggers.ts'
import type { Target } from '../../store.ts'

/**
 * Applies records one by one, as their order demands. Where all records of a group are new, which
 * one multi-row statement finds out, it writes the group at once: the outcome is the same. Tables
 * with triggers or foreign key actions have no groups, and each record's effect is observed.
 */
export function openTarget(handle: Sqlite.Database, plan: WritePlan): Target {
  const schemaVersion = handle.prepare<[], number>('pragma schema_version').pluck()
  const savepoint = openSavepoint(handle, 'tallyman_rows')
  const { name } = plan.table
  const open = (version: number | undefined, more: Partial<Rules> = {}): Opened => {
    const rules = { ...rulesOf(handle, name), ...more }
    return { version, write: usable(handle, name, () => openWriter(handle, plan, rules)) }
  }
  let opened = open(schemaVersion.get())

  return {
    apply(_trx, rows) {
      // A trigger may have been created meanwhile; during the transaction that is impossible.
      const version = schemaVersion.get()
      if (opened.version !== version) opened = open(version)
      savepoint.begin()
      let outcomes: RecordOutcome[]
      try {
        outcomes = opened.write(rows)
      } catch (error) {
        if (!(error instanceof UnforeseenWrite)) throw error
        savepoint.undo()
        opened = open(version, { isActedOn: true })
        outcomes = opened.write(rows)
      }
      savepoint.end()
      return Promise.resolve(outcomes)
    },
    settle: () => Promise.resolve(),
    giveUp: () => Promise.resolve(),
  }
}

type RowsWriter = (rows: Row[]) => RecordOutcome[]
/** The row writer for one schema version. */
type Opened = { version: number | undefined; write: RowsWriter }

function openWriter(handle: Sqlite.Database, plan: WritePlan, rules: Rules): RowsWriter {
  const triggers = rules.isActedOn ? changeTriggers(handle, plan.table) : undefined
  const { identity = [] } = triggers ?? {}
  const hasClauses = rules.clauses.size > 0
  const strict = prepareStatements(handle, plan, { or: hasClauses ? 'or abort' : '', identity })
  const deferred = openDeferred(handle, plan)
  const keys = openKeys(handle, plan)
  const rule = reconcileRuleOf(plan)
  const postponing = openPostponing(handle, plan, { rule, keys, statements: strict })
  const attempt = openSavepointGuard(handle, plan, {
    runAction: triggers === undefined ? unobserved() : observed(handle, plan, rules, triggers),
    isUndoable: triggers !== undefined,
    deferred,
    strict,
    // ON CONFLICT ROLLBACK would roll back the whole batch.
    lenient:
      hasClauses && !rules.clauses.has('rollback')
        ? prepareStatements(handle, plan, { or: '', identity })
        : undefined,
  })
  const apply = applyFor(plan, { rule, statements: strict, keys, postponing, attempt })
  const { group } = strict
  // Inside a group a row could refer to a later one: the result would depend on the group's end.
  const isPlain = triggers === undefined && deferred === undefined && postponing === undefined
  const groups = isPlain && group !== undefined ? openGroups(handle, plan, group) : undefined

  return (rows) => {
    const size = groups?.size ?? Math.max(1, rows.length)
    const outcomes: RecordOutcome[] = []
    triggers?.begin()
    for (let at = 0, end = 0; at < rows.length; at = end) {
      end = endOfGroup(rows, at, size)
      const isIn = (end === at + size && groups?.insert(rows, at)) ?? false
      for (const row of rows.slice(at, end)) outcomes.push(isIn ? INSERTED : apply(row))
    }
    // After an error they are rolled back with the transaction.
    triggers?.end()
    return outcomes
  }
}

/** Index after the group at `at`, at most `size` rows; a row that is not written is alone. */
function endOfGroup(rows: Row[], at: number, size: number): number {
  let end = at + 1
  if (rows[at]?.unfit !== undefined) return end
  while (end < rows.length && end < at + size && rows[end]?.unfit === undefined) end++
  return end
}

const INSERTED: RecordOutcome = { kind: 'inserted' }
