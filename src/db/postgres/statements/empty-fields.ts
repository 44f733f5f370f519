import type { Action } from '../../../domain/reconcile/decide.ts'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'

/** Fields that must not be empty, and are; the server names the first. */
export function emptyFields({ table, fields }: WritePlan, { kind, values }: Action): Violation[] {
  // What is taken away may be empty.
  if (kind === 'deleted') return []
  const empty = table.columns.filter(({ name, nullable, defaultSql, generated }) => {
    const at = fields.indexOf(name)
    const isWritten = kind === 'inserted' || at !== -1
    const mustBeThere = !nullable && !generated && (kind === 'updated' || defaultSql === null)
    return mustBeThere && isWritten && (values[at] ?? null) === null
  })
  return empty.map(({ name }) => ({ field: name, message: { code: 'TLY-3002', params: {} } }))
}
