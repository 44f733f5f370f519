import type Sqlite from 'better-sqlite3'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'
import type { Action } from '../../../domain/reconcile/decide.ts'
import { violationOf } from './constraint.ts'
import type { Deferred } from './references/deferred-foreign-keys.ts'
import { openSavepoint } from './savepoint.ts'
import type { Statements } from '../statements/statements.ts'
import type { RunAction } from './run-action.ts'

/** A refused record leaves no change; one that is not done was swallowed by the table. */
export type Tried = { refused: Violation } | { isDone: boolean; warnings: Violation[] }

export type GuardMeans = {
  runAction: RunAction
  /** Whether an action may leave changes that must be rolled back. */
  isUndoable: boolean
  deferred: Deferred | undefined
  /** Statements to which each conflict is an error. */
  strict: Statements
  /** Statements that leave conflicts to the ON CONFLICT clauses; undefined without any. */
  lenient: Statements | undefined
}

/** Takes one record's action, or returns why the database refuses it. */
export function openSavepointGuard(
  handle: Sqlite.Database,
  plan: WritePlan,
  { runAction, isUndoable, deferred, strict, lenient }: GuardMeans,
): (action: Action) => Tried {
  const savepoint = openSavepoint(handle, 'tallyman_record')
  const totalChanges = handle.prepare<[], number>('select total_changes()').pluck()

  return (action) => {
    const tried = isUndoable || deferred !== undefined ? undoably(action) : attempt(action, strict)
    const isConflict = 'refused' in tried && lenient !== undefined
    return isConflict ? leniently(action, tried.refused, lenient) : tried
  }

  function attempt(action: Action, by: Statements, options?: { isCounting: boolean }) {
    try {
      const effect = runAction(action, by, options)
      const refused = effect.isDone ? deferred?.(action) : undefined
      return refused === undefined ? effect : { refused }
    } catch (error) {
      return { refused: violationOf(error, plan, handle) }
    }
  }

  function undoably(action: Action): Tried {
    savepoint.begin()
    const tried = attempt(action, strict)
    if ('refused' in tried) savepoint.undo()
    savepoint.end()
    return tried
  }

  /**
   * The table or its triggers may ignore a conflict (IGNORE): the record was swallowed or inserted.
   * What would silently replace other rows or values is refused.
   */
  function leniently(action: Action, refused: Violation, by: Statements): Tried {
    savepoint.begin()
    const before = totalChanges.get()
    const tried = attempt(action, by, { isCounting: true })
    const isUntouched = totalChanges.get() === before
    const isIn = isUndoable && 'replaced' in tried && isClean(tried, refused)
    if (!isIn) savepoint.undo()
    savepoint.end()
    if ('refused' in tried || isIn) return tried
    return isUntouched ? { isDone: false, warnings: [ignored(refused)] } : { refused }
  }
}

/**
 * NOT NULL with REPLACE substitutes the default for a value. With recursive triggers, replaced rows
 * are reported like other rows deleted beside the record's own.
 */
function isClean(
  { isDone, warnings, replaced }: { isDone: boolean; warnings: Violation[]; replaced: number },
  refused: Violation,
): boolean {
  const hasDeleted = warnings.some(({ message }) => Number(message.params['deleted'] ?? 0) > 0)
  return isDone && replaced === 0 && !hasDeleted && refused.message.code !== 'TLY-3002'
}

function ignored({ message, ...of }: Violation): Violation {
  const { detail = of.field ?? '' } = message.params
  return { ...of, message: { code: 'TLY-3016', params: { detail } } }
}
