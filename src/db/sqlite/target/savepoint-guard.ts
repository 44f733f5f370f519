import type Sqlite from 'better-sqlite3'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'
import type { Action } from '../../../domain/reconcile/decide.ts'
import { violationOf } from './constraint.ts'
import type { Deferred } from './references/deferred-foreign-keys.ts'
import { openSavepoint } from './savepoint.ts'
import type { Statements } from '../statements/statements.ts'
import type { Look } from './look.ts'

/** A record that is refused is as if never tried; one that is not done was swallowed by the table. */
export type Tried = { refused: Violation } | { isDone: boolean; warnings: Violation[] }

export type Means = {
  look: Look
  /** Whether an action may leave something that has to be undone. */
  isUndoable: boolean
  deferred: Deferred | undefined
  /** Each conflict is an error to these. */
  strict: Statements
  /** These leave it to the table's ON CONFLICT clauses what a conflict is; undefined without any. */
  lenient: Statements | undefined
}

/** Does what one record asks for, or tells why the database refuses it. */
export function attempts(
  handle: Sqlite.Database,
  plan: WritePlan,
  { look, isUndoable, deferred, strict, lenient }: Means,
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
      const { replaced, ...looked } = look(action, by, options)
      const refused = looked.isDone ? deferred?.(action) : undefined
      return refused === undefined ? { ...looked, replaced } : { refused }
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
   * The table itself may say that a conflict is none (IGNORE), or a trigger of it: then the record was
   * swallowed, or went in. What would replace other rows or values unseen is refused.
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
 * A NOT NULL that replaces puts the default in the place of a value. With recursive triggers the rows
 * that were replaced are told as any others that are deleted beside the record's own.
 */
function isClean(
  { isDone, warnings, replaced }: { isDone: boolean; warnings: Violation[]; replaced: number },
  refused: Violation,
): boolean {
  const hasDeleted = warnings.some(({ message }) => Number(message.params['deleted'] ?? 0) > 0)
  return isDone && replaced === 0 && !hasDeleted && refused.message.code !== 'TLY-3002'
}

function ignored({ field, message }: Violation): Violation {
  const { detail = field ?? '' } = message.params
  return { field, message: { code: 'TLY-3016', params: { detail } } }
}
