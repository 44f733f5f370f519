import type { Violation, WritePlan } from '../target.ts'
import type { Act } from './acts.ts'

/** SQLite names the first field that must not be empty: these are the others that are. */
export function alsoEmpty(
  { table, fields }: WritePlan,
  { kind, values }: Act,
  refused: Violation,
): Violation[] | undefined {
  if (refused.message.code !== 'TLY-3002') return undefined
  const empty = table.columns.filter(({ name, nullable, defaultSql, generated }) => {
    const at = fields.indexOf(name)
    const isWritten = kind === 'inserted' || at !== -1
    // A key of one column may be a number that the table gives itself.
    const isGiven = table.primaryKey.length === 1 && table.primaryKey[0] === name
    const isOther = name !== refused.field && !nullable && !generated && !isGiven
    return isOther && isWritten && defaultSql === null && (values[at] ?? null) === null
  })
  return empty.map(({ name }) => ({ ...refused, field: name }))
}
