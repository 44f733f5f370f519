import type { WritePlan } from '../../../domain/records/record.ts'

/** Whether records of the plan may change rows that are there. */
export function updatesRows({ operation, doubles, duplicates }: WritePlan): boolean {
  if (operation === 'insert') return doubles === 'update' || duplicates === 'update'
  return operation === 'update' || operation === 'insert_or_update'
}
