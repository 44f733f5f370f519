import type { NewTable } from '../../../db/store.ts'
import type {
  ColumnType,
  Conversion,
  MadeType,
  TableInfo,
  Typing,
} from '../../../domain/records/table.ts'

/** A table as it will be described once it is created. */
export function futureTable(
  { name, columns, primaryKey }: NewTable,
  typing: Typing = 'loose',
): TableInfo {
  return {
    name,
    isView: false,
    isOrdered: false,
    isVirtual: false,
    columns: columns.map(({ name, type }) => ({
      name,
      type: columnTypeOf(type),
      conversion: CONVERSIONS[typing][type] ?? 'text',
      declared: type,
      made: typing === 'exact' ? type : undefined,
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

export function columnTypeOf(type: MadeType): ColumnType {
  if (type === 'bigint') return 'integer'
  else if (type === 'timestamp') return 'datetime'
  else return type === 'uuid' ? 'any' : type
}

const CONVERSIONS: Record<Typing, Partial<Record<MadeType, Conversion>>> = {
  loose: {
    integer: 'integer',
    number: 'numeric',
    boolean: 'numeric',
    date: 'numeric',
    datetime: 'numeric',
  },
  exact: { integer: 'integer', bigint: 'integer', number: 'decimal' },
}
