import { outcomeOf, withWarnings } from '../../../domain/reconcile/outcome-of.ts'
import type { RecordOutcome, WritePlan } from '../../../domain/records/record.ts'
import { emptyFields } from '../statements/empty-fields.ts'
import type { Planned } from '../statements/planned.ts'
import type { TrialResult } from './attempt.ts'

/** The outcome of a try; a field that the database refuses is omitted where it is optional. */
export function followUp(
  plan: WritePlan,
  one: Planned,
  tried: TrialResult,
): { outcome: RecordOutcome } | { again: Planned } {
  const { row, action, warnings, decide } = one
  if (!('refused' in tried)) {
    const { isDone } = tried
    const told = [...warnings, ...tried.warnings]
    return { outcome: outcomeOf(plan, action, { isDone, warnings: told }) }
  }
  const { refused } = tried
  const at = plan.fields.indexOf(refused.field ?? '')
  if (plan.options[at]?.onError !== 'warn' || row.values[at] === undefined) {
    const cause = warnings.find(({ field }) => field !== null && field === refused.field)
    const isEmpty = refused.message.code === 'TLY-3002'
    const others = isEmpty
      ? emptyFields(plan, action).filter(({ field }) => field !== refused.field)
      : undefined
    return { outcome: { kind: 'rejected', counts: null, ...(cause ?? refused), others } }
  }
  const left = { ...row, values: row.values.with(at, undefined) }
  const decision = decide(left)
  const told = [...warnings, refused]
  if ('action' in decision) {
    return { again: { ...one, row: left, action: decision.action, warnings: told } }
  }
  const { outcome } = decision
  return { outcome: outcome.kind === 'unchanged' ? withWarnings('unchanged', told) : outcome }
}
