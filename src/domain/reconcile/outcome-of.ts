import type { RecordOutcome, Violation, WritePlan } from '../records/record.ts'
import type { Action } from './decide.ts'

/** The outcome of a record whose action was taken; without it, a rule of the table swallowed it. */
export function outcomeOf(
  plan: WritePlan,
  action: Action,
  { isDone, warnings }: { isDone: boolean; warnings: Violation[] },
): RecordOutcome {
  if (!isDone) return withWarnings('ignored', warnings)
  const { kind, found } = action
  const outcome = withWarnings(kind, warnings)
  const isTold = kind === 'updated' && plan.wantsFound?.() === true
  return isTold ? { ...outcome, found } : outcome
}

export function withWarnings(
  kind: Action['kind'] | 'unchanged' | 'ignored',
  warnings: Violation[],
): Extract<RecordOutcome, { warnings?: Violation[] }> {
  return warnings.length === 0 ? { kind } : { kind, warnings }
}
