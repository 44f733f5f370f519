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

/** The types of the columns of a table that is made. */
export type MadeType = Exclude<ColumnType, 'blob' | 'any'> | 'bigint' | 'timestamp' | 'uuid'

/**
 * How a database types columns: loosely, where whole numbers are of 64 bits and others doubles, or
 * exactly, where each type has its own values, and decimals keep all their digits.
 */
export type Typing = 'loose' | 'exact'

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
  /** Of whole numbers that do not fill 64 bits. */
  range?: { least: string; most: string } | undefined
  /** Texts that are values of its type besides those in its usual notation, like `infinity`. */
  specialValues?: RegExp | undefined
  /** The type with which a table with such a column is made, where types are exact. */
  made?: MadeType | undefined
}

/** Column → texts that it may have; an empty list where it could have none now. */
export type ListedValues = Map<string, string[]>

/** What can be done with rows, as SQL names it. */
export type RowAct = 'INSERT' | 'UPDATE' | 'DELETE'

export type TableInfo = {
  name: string
  isView: boolean
  /** What a view lets be done with its rows; all tables let all be done. */
  viewTakes?: readonly RowAct[] | undefined
  /** Whether policies may hide rows of it from the user of the database. */
  hidesRows?: boolean | undefined
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
