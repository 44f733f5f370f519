import type { Writes } from '../../../domain/records/record.ts'
import type { Db, Trx } from '../../store.ts'
import { findTable } from '../ground/find-table.ts'
import { requireRights, type NeededRight } from '../tables/rights.ts'

/** Whether the plan's records may update existing rows. */
export function updatesRows({ operation, doubles, duplicates }: Writes): boolean {
  if (operation === 'insert') return doubles === 'update' || duplicates === 'update'
  return operation === 'update' || operation === 'insert_or_update'
}

/** @throws UnusableError where the user lacks what the plan's statements need */
export async function requireRightsOf(db: Db | Trx, plan: Writes, id?: number): Promise<void> {
  const { table, fields } = plan
  const found = id ?? (await findTable(db, table.name))?.id
  if (found === undefined) return
  await requireRights(db, found, { table: table.name, rights: rightsOf(plan), fields })
}

/** The rights on the table that the plan's statements take. */
function rightsOf(plan: Writes): NeededRight[] {
  const { operation, key, fields, options } = plan
  // A row is read with its physical place, which is of no column.
  const rights: NeededRight[] = key.length > 0 ? [{ right: 'SELECT' }] : []
  if (operation === 'insert' || operation === 'insert_or_update') {
    rights.push({ right: 'INSERT', columns: fields })
  }
  if (key.length > 0 && updatesRows(plan)) {
    const columns = fields.filter((_, at) => options[at]?.onlyOnInsert !== true)
    rights.push({ right: 'UPDATE', columns })
  }
  if (operation === 'delete') rights.push({ right: 'DELETE' })
  return rights
}
