import type { WritePlan } from '../../../domain/records/record.ts'

/** Whether the plan's records may update existing rows. */
export function updatesRows({ operation, doubles, duplicates }: WritePlan): boolean {
  if (operation === 'insert') return doubles === 'update' || duplicates === 'update'
  return operation === 'update' || operation === 'insert_or_update'
}
