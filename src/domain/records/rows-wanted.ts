import type { RowOperator } from '../specification/row-selection.ts'
import type { Value } from './record.ts'

/** A condition on a field, with a value of its type; null for an operator without one. */
export type FieldCondition = {
  kind: 'condition'
  field: string
  operator: RowOperator
  value: Value
}
/** Rows that meet all or any of these conditions. */
export type RowFilter = { kind: 'all' | 'any'; of: (FieldCondition | RowFilter)[] }

/** Where and in which order rows are read. */
export type RowsWanted = {
  filter: RowFilter | null
  /** Empty: by the key, or as the database likes. */
  order: { field: string; direction: 'asc' | 'desc' }[]
  most: number | null
}

export const ALL_ROWS: RowsWanted = { filter: null, order: [], most: null }

/** Whether the order is one that a later run cannot take up in the middle. */
export function isSorted({ order, most }: RowsWanted): boolean {
  return order.length > 0 || most !== null
}
