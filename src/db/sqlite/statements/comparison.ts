import { numberWritten } from '../../../domain/reconcile/merge.ts'
import type { Value, WritePlan } from '../../../domain/records/record.ts'
import type { ColumnInfo } from '../../../domain/records/table.ts'
import { quoteName } from '../tables/tables.ts'

/** The condition that finds rows by a key, and the values to bind to it. */
export type Comparison = { where: string; bindings(values: Value[]): Value[] }

/**
 * A column with BLOB affinity may hold both 1 and '1': a text also matches the number written the
 * same way.
 */
export function comparisonBy({ table }: Pick<WritePlan, 'table'>, key: string[]): Comparison {
  const kinds = key.map((field) =>
    table.columns.some((column) => column.name === field && keepsKinds(column)),
  )
  const conditions = key
    .map(quoteName)
    .map((name, at) =>
      kinds[at] === true ? `${name} in (?, ?) and cast(${name} as text) = ?` : `${name} = ?`,
    )
  const bindings = (values: Value[]) =>
    values.flatMap((value, at) =>
      kinds[at] === true ? [value, numberWritten(value) ?? value, value] : [value],
    )
  return {
    where: conditions.join(' and '),
    bindings: kinds.includes(true) ? bindings : (values) => values,
  }
}

/** Whether the column can hold numbers and texts that look the same. */
export function keepsKinds({ type, conversion }: ColumnInfo): boolean {
  return type === 'any' && conversion === 'blob'
}
