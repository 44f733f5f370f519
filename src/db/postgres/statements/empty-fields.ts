import type { Action } from '../../../domain/reconcile/decide.ts'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'

/** All empty required fields; the server reports only the first. */
export function emptyFields({ table, fields }: WritePlan, { kind, values }: Action): Violation[] {
  // Empty fields do not matter to a deletion.
  if (kind === 'deleted') return []
  const empty = table.columns.filter(({ name, nullable, defaultSql, generated }) => {
    const at = fields.indexOf(name)
    const isWritten = kind === 'inserted' || at !== -1
    const mustBeThere = !nullable && !generated && (kind === 'updated' || defaultSql === null)
    return mustBeThere && isWritten && (values[at] ?? null) === null
  })
  return empty.map(({ name }) => ({ field: name, message: { code: 'TLY-3002', params: {} } }))
}
