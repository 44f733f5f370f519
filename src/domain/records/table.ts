/** The type of a column; `any` stands for a declared type that is none of the others. */
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
 * How a column converts values that it is given: `numeric` turns numeric text into numbers,
 * `decimal` keeps every digit of a number, `blob` converts nothing.
 */
export type Conversion = 'integer' | 'real' | 'numeric' | 'decimal' | 'text' | 'blob'

export type ColumnInfo = {
  name: string
  type: ColumnType
  conversion: Conversion
  declared: string
  nullable: boolean
  /** The default as an SQL expression from the schema, or null. */
  defaultSql: string | null
  /** Maximum length in characters, for text columns that declare one. */
  maxLength: number | null
  generated: boolean
  /** Texts that are values of its type besides those in its usual notation, like `infinity`. */
  specialValues?: RegExp | undefined
}

export type TableInfo = {
  name: string
  isView: boolean
  /** Whether its rows come in an order that a later read cannot resume. */
  isOrdered: boolean
  /** A virtual table, provided by a module; it takes no indexes. */
  isVirtual: boolean
  columns: ColumnInfo[]
  /** Columns of the primary key in key order; empty if there is none. */
  primaryKey: string[]
  /** Column lists of the unique constraints and indexes, including the primary key. */
  unique: string[][]
  /** Column lists of every index, unique or not. */
  indexes: string[][]
}
