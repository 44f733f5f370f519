import {
  isSorted,
  TEXT_OPERATORS,
  type RowFilter,
  type RowsWanted,
} from '../../domain/records/rows-wanted.ts'
import type { Value } from '../../domain/records/record.ts'
import type { ColumnInfo, TableInfo } from '../../domain/records/table.ts'
import {
  needsValue,
  type RowCondition,
  type RowGroup,
} from '../../domain/specification/row-selection.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { UnusableError } from '../../domain/words/errors.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import { Altered } from '../values/altered.ts'
import { castFor } from '../values/cast.ts'

export type TableFields = { table: TableInfo; nameKey(name: string): string }

/**
 * The rows that an export wants, with values of the types of their fields. Rows that are equal in
 * the wanted order are in that of the primary key.
 * @param changed those of a differential export
 * @throws UnusableError for an unknown field, or a value that is none of its type
 */
export function wantedRows(
  fields: TableFields,
  { filter, order, mostRows }: ExportSpecification,
  changed: RowFilter | null = null,
): RowsWanted {
  const asked = filter === null ? null : groupOf(fields, filter)
  const filters = [asked, changed].filter((one) => one !== null)
  const wanted: RowsWanted = {
    filter: filters.length === 2 ? { kind: 'all', of: filters } : (filters[0] ?? null),
    order: order.map(({ field, direction }) => ({
      field: fieldNamed(fields, field).name,
      direction,
    })),
    most: mostRows,
  }
  if (!isSorted(wanted)) return wanted
  const named = new Set(wanted.order.map(({ field }) => field))
  const others = fields.table.primaryKey.filter((field) => !named.has(field))
  const rest = others.map((field) => ({ field, direction: 'asc' as const }))
  return { ...wanted, order: [...wanted.order, ...rest] }
}

function groupOf(fields: TableFields, { kind, of }: RowGroup): RowFilter {
  return {
    kind,
    of: of.map((part) =>
      part.kind === 'condition' ? conditionOf(fields, part) : groupOf(fields, part),
    ),
  }
}

function conditionOf(fields: TableFields, { field, operator, value }: RowCondition) {
  const column = fieldNamed(fields, field)
  const isText = TEXT_OPERATORS.includes(operator)
  // No database takes digits for bytes in a comparison, nor says so.
  if (column.type === 'blob' && needsValue(operator)) {
    throw new UnusableError({ problem: 'bytes_compared', field: column.name })
  }
  const typed = isText ? value : needsValue(operator) ? valueOf(column, value) : null
  return { kind: 'condition' as const, field: column.name, operator, value: typed }
}

function valueOf(column: ColumnInfo, text: string): Value {
  const cast = castFor(column)
  const value = cast === null ? text : cast(text)
  if (value === undefined || value instanceof Altered) {
    const field = column.name
    throw new UnusableError({ problem: 'no_value_of_field', field, value: shorten(text) })
  }
  return value
}

export function fieldNamed({ table, nameKey }: TableFields, wanted: string): ColumnInfo {
  const found = table.columns.find(({ name }) => nameKey(name) === nameKey(wanted))
  if (found !== undefined) return found
  const columns = table.columns.map(({ name }) => name).join(', ')
  throw new UnusableError({
    problem: 'no_table_column',
    table: table.name,
    column: wanted,
    columns,
  })
}
