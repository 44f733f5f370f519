import { ROW_OPERATORS, type RowOperator } from '../specification/row-selection.ts'
import type { Value } from './record.ts'
import type { ColumnType } from './table.ts'

/** A condition on a field, with a value of its type; null for an operator without one. */
export type FieldCondition = {
  kind: 'condition'
  field: string
  operator: RowOperator
  value: Value
}
export type FieldAgainst = Pick<FieldCondition, 'field' | 'value'>

/** The fields whose values are compared with others, and not their texts. */
export function comparedIn({ of }: RowFilter): FieldAgainst[] {
  return of.flatMap((part) => {
    if (part.kind !== 'condition') return comparedIn(part)
    return part.value === null || TEXT_OPERATORS.includes(part.operator) ? [] : [part]
  })
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

/** What a field of each type can be compared by. */
export function operatorsFor(type: ColumnType): readonly RowOperator[] {
  switch (type) {
    case 'blob':
      return ['is_empty', 'is_filled']
    case 'boolean':
      return ['is', 'is_not', 'is_empty', 'is_filled']
    case 'text':
    case 'any':
      return ROW_OPERATORS
    default:
      return ROW_OPERATORS.filter((operator) => !TEXT_OPERATORS.includes(operator))
  }
}

/** They compare the text of a value of any type. */
export const TEXT_OPERATORS: readonly RowOperator[] = ['contains', 'begins_with', 'ends_with']
