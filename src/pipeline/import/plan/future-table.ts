import type { NewTable } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'

/** A table as it will be described once it is created. */
export function futureTable({ name, columns, primaryKey }: NewTable): TableInfo {
  return {
    name,
    isView: false,
    isOrdered: false,
    isVirtual: false,
    columns: columns.map(({ name, type }) => ({
      name,
      type,
      conversion: CONVERSIONS[type],
      declared: type,
      nullable: true,
      defaultSql: null,
      maxLength: null,
      generated: false,
    })),
    primaryKey,
    unique: [primaryKey],
    indexes: [primaryKey],
  }
}

const CONVERSIONS = {
  integer: 'integer',
  number: 'numeric',
  boolean: 'numeric',
  date: 'numeric',
  datetime: 'numeric',
  text: 'text',
} as const
