import type { MessageCode } from '../../../domain/words/messages.ts'
import type { Action, Decision, ReconcileRule } from '../../../domain/reconcile/decide.ts'
import { outcomeOf, withWarnings } from '../../../domain/reconcile/outcome-of.ts'
import type { RecordOutcome, Row, Violation, WritePlan } from '../../../domain/records/record.ts'
import { alsoEmpty, alsoWrongFor } from './also-wrong.ts'
import type { Tried } from './savepoint-guard.ts'
import type { Keys } from '../statements/seen-keys.ts'
import type { Postponing } from './references/postpone.ts'
import type { Statements } from '../statements/statements.ts'

type Means = {
  rule: ReconcileRule
  statements: Statements
  keys: Keys
  postponing: Postponing
  attempt: (action: Action) => Tried
}

/** Applies the rule to one record: finds its row by key, takes the action, remembers the key. */
export function applyFor(
  plan: WritePlan,
  { rule, statements, keys, postponing, attempt }: Means,
): (row: Row) => RecordOutcome {
  const alsoWrong = alsoWrongFor(plan, rule, { statements, keys })

  return (row) => {
    if (row.unfit !== undefined) return { kind: 'unfit', others: alsoWrong(row) }
    const key = rule.keyOf(row)
    const hasKey = key !== undefined && key !== 'empty'
    if (hasKey && postponing?.isBehind(row, key) === true) return POSTPONED

    const known = hasKey
      ? { found: statements.find(key), seen: keys.has(key) }
      : { found: undefined, seen: false }
    const decide = (one: Row) => rule.decide(one, key, known)
    const decision = decide(row)
    const outcome = carryOut(decision, row, decide)
    if (outcome.kind === 'postponed') return outcome
    if (plan.doubles !== 'update' || isDone(outcome)) decision.remembered.forEach(keys.add)
    postponing?.settle(row, outcome)
    return outcome
  }

  /** Where the database refuses an optional field, omits it and retries the rest. */
  function carryOut(
    decision: Decision,
    row: Row,
    decide: (row: Row) => Decision,
    warnings: Violation[] = [],
  ): RecordOutcome {
    if ('outcome' in decision) {
      const { outcome } = decision
      return outcome.kind === 'unchanged' ? withWarnings('unchanged', warnings) : outcome
    }
    const { action } = decision
    const tried = row.source.attempt === 'refused' ? REFUSED_AT_COMMIT : attempt(action)
    if (!('refused' in tried)) {
      const { isDone } = tried
      return outcomeOf(plan, action, { isDone, warnings: [...warnings, ...tried.warnings] })
    }

    const { refused } = tried
    const isReference = REFERENCES.includes(refused.message.code)
    if (isReference && postponing?.isKept(action.kind, row) === true) return POSTPONED

    const at = plan.fields.indexOf(refused.field ?? '')
    if (plan.options[at]?.onError !== 'warn' || row.values[at] === undefined) {
      if (action.kind === 'deleted' && isReference) return { ...REJECTED, ...STILL_REFERRED_TO }
      // A required field was omitted because of an earlier violation: that one is the cause.
      const cause = warnings.find(({ field }) => field === refused.field)
      return { ...REJECTED, ...(cause ?? refused), others: alsoEmpty(plan, action, refused) }
    }
    const left = { ...row, values: row.values.with(at, undefined) }
    return carryOut(decide(left), left, decide, [...warnings, refused])
  }
}

function isDone({ kind }: RecordOutcome): boolean {
  return kind === 'inserted' || kind === 'updated'
}

const REFERENCES: MessageCode[] = ['TLY-3005', 'TLY-3012']
const STILL_REFERRED_TO: Violation = { field: null, message: { code: 'TLY-3012', params: {} } }
const REFUSED_AT_COMMIT: Tried = {
  refused: {
    field: null,
    message: { code: 'TLY-3005', params: { detail: 'FOREIGN KEY constraint failed' } },
    isRule: true,
  },
}
const REJECTED = { kind: 'rejected', counts: null } as const
const POSTPONED: RecordOutcome = { kind: 'postponed' }
