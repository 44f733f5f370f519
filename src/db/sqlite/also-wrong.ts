import type { Row, Violation, WritePlan } from '../../domain/record.ts'
import { actsOf, type Act } from './acts.ts'
import { emptyKey } from './empty-key.ts'
import type { Statements } from './statements.ts'

/** SQLite names the first field that must not be empty: these are the others that are. */
export function alsoEmpty(plan: WritePlan, act: Act, refused: Violation): Violation[] | undefined {
  if (refused.message.code !== 'TLY-3002') return undefined
  return emptyFields(plan, act).filter(({ field }) => field !== refused.field)
}

/** What is wrong with a record besides the values that don't fit, as far as it can be told without them. */
export function alsoWrongFor(plan: WritePlan, statements: Statements): (row: Row) => Violation[] {
  const acts = actsOf(plan)
  const keyFields = [...plan.key, ...plan.secondKey]
  const writes = plan.operation === 'insert' || plan.operation === 'insert_or_update'

  return (row) => {
    const { unfit = [] } = row
    if (keyFields.some((field) => unfit.includes(field))) return []
    const key = statements.keyOf(row)
    if (key === 'empty') return [emptyKey(plan, row)]
    const act = actOf(row, key)
    if (act === undefined) return []
    return emptyFields(plan, act).filter(({ field }) => field === null || !unfit.includes(field))
  }

  function actOf(row: Row, key: ReturnType<Statements['keyOf']>): Act | undefined {
    if (key === 'empty') return undefined
    const found = key === undefined ? undefined : statements.find(key)
    if (key === undefined || found === undefined) return writes ? acts.insertion(row) : undefined
    const isChanged = plan.duplicates === 'update' && (writes || plan.operation === 'update')
    return isChanged && found !== 'several' ? acts.update(key, found, row) : undefined
  }
}

function emptyFields({ table, fields }: WritePlan, { kind, values }: Act): Violation[] {
  const empty = table.columns.filter(({ name, nullable, defaultSql, generated }) => {
    const at = fields.indexOf(name)
    const isWritten = kind === 'inserted' || at !== -1
    // A key of one column may be a number that the table gives itself.
    const isGiven = table.primaryKey.length === 1 && table.primaryKey[0] === name
    const mustBeThere = !nullable && !generated && !isGiven && defaultSql === null
    return mustBeThere && isWritten && (values[at] ?? null) === null
  })
  return empty.map(({ name }) => ({ field: name, message: { code: 'TLY-3002', params: {} } }))
}
