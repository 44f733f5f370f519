import type { WritePlan } from '../../../domain/records/record.ts'
import type { TableRight } from '../tables/usable.ts'

/** Whether the plan's records may update existing rows. */
export function updatesRows({ operation, doubles, duplicates }: WritePlan): boolean {
  if (operation === 'insert') return doubles === 'update' || duplicates === 'update'
  return operation === 'update' || operation === 'insert_or_update'
}

/** The rights on the table that the plan's statements take. */
export function rightsNeeded(plan: WritePlan): TableRight[] {
  const { operation, key } = plan
  const rights: TableRight[] = key.length > 0 ? ['SELECT'] : []
  if (operation === 'insert' || operation === 'insert_or_update') rights.push('INSERT')
  if (key.length > 0 && updatesRows(plan)) rights.push('UPDATE')
  if (operation === 'delete') rights.push('DELETE')
  return rights
}
