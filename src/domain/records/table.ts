/** What a column takes; `any` is a column whose declared type names none of the others. */
export const COLUMN_TYPES = [
  'integer',
  'number',
  'text',
  'boolean',
  'date',
  'datetime',
  'blob',
  'any',
] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/**
 * What a column makes of a value: `numeric` makes numbers of texts that are any, `decimal` keeps
 * every digit of a number, `blob` keeps all.
 */
export type Affinity = 'integer' | 'real' | 'numeric' | 'decimal' | 'text' | 'blob'

export type ColumnInfo = {
  name: string
  type: ColumnType
  affinity: Affinity
  declared: string
  nullable: boolean
  /** The default as an SQL expression of the schema's own, or null. */
  defaultSql: string | null
  /** Characters, for text columns that declare it. */
  maxLength: number | null
  generated: boolean
}

export type TableInfo = {
  name: string
  isView: boolean
  /** Whether its rows come in an order that no later read can go on with. */
  isOrdered: boolean
  /** Made by a module, which has no use for indexes. */
  isVirtual: boolean
  columns: ColumnInfo[]
  /** Columns of the primary key, in its order; empty where there is none. */
  primaryKey: string[]
  /** Column lists that are unique in the table, the primary key among them. */
  unique: string[][]
  /** Column lists of every index, unique or not. */
  indexes: string[][]
}
