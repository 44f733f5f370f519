import type { Action, ReconcileRule } from '../../../domain/reconcile/decide.ts'
import { emptyKey } from '../../../domain/reconcile/key.ts'
import type { Row, Violation, WritePlan } from '../../../domain/records/record.ts'
import type { Keys } from '../statements/seen-keys.ts'
import type { Statements } from '../statements/statements.ts'

/** SQLite reports only the first empty NOT NULL field: these are the other ones. */
export function alsoEmpty(
  plan: WritePlan,
  action: Action,
  refused: Violation,
): Violation[] | undefined {
  if (refused.message.code !== 'TLY-3002') return undefined
  return emptyFields(plan, action).filter(({ field }) => field !== refused.field)
}

/** A record's faults besides misfit values, as far as they show without those values. */
export function alsoWrongFor(
  plan: WritePlan,
  rule: ReconcileRule,
  { statements, keys }: { statements: Statements; keys: Keys },
): (row: Row) => Violation[] {
  const keyFields = [...plan.key, ...plan.secondKey]

  return (row) => {
    const { unfit = [] } = row
    if (keyFields.some((field) => unfit.includes(field))) return []
    const key = rule.keyOf(row)
    if (key === 'empty') return [emptyKey(plan, row)]
    const known =
      key === undefined
        ? { found: undefined, seen: false }
        : { found: statements.find(key), seen: keys.has(key) }
    const decision = rule.decide(row, key, known)
    if (!('action' in decision)) return []
    return emptyFields(plan, decision.action).filter(
      ({ field }) => field === null || !unfit.includes(field),
    )
  }
}

function emptyFields({ table, fields }: WritePlan, { kind, values }: Action): Violation[] {
  // Empty fields do not matter to a deletion.
  if (kind === 'deleted') return []
  const empty = table.columns.filter(({ name, nullable, defaultSql, generated }) => {
    const at = fields.indexOf(name)
    const isWritten = kind === 'inserted' || at !== -1
    // A single-column key may be an integer that SQLite assigns.
    const isGiven = table.primaryKey.length === 1 && table.primaryKey[0] === name
    const mustBeThere = !nullable && !generated && !isGiven && defaultSql === null
    return mustBeThere && isWritten && (values[at] ?? null) === null
  })
  return empty.map(({ name }) => ({ field: name, message: { code: 'TLY-3002', params: {} } }))
}
