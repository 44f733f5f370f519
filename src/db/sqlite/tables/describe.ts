import type Sqlite from 'better-sqlite3'
import type { TableName } from '../../store.ts'
import type { ColumnInfo, ColumnType, TableInfo } from '../../../domain/records/table.ts'
import { affinityOf } from './affinity.ts'
import { collationOf } from './collation.ts'
import { isOrderedView } from './is-ordered.ts'
import { quoteName } from './tables.ts'
import { isSqlFault } from './usable.ts'

type ColumnRow = {
  name: string
  type: string
  notnull: number
  dflt_value: string | null
  pk: number
  hidden: number
}
type IndexRow = { name: string; unique: number; origin: string; partial: number }
type Index = { unique: boolean; columns: string[] }

export function describeTable(handle: Sqlite.Database, name: string): TableInfo | undefined {
  const table = handle
    .prepare<[string], { name: string; type: string; strict: number }>(
      `select name, type, strict from pragma_table_list
       where schema = 'main' and name = ? collate nocase and name not like 'sqlite!_%' escape '!'`,
    )
    .get(name)
  if (table === undefined) return undefined

  const columns = handle
    .prepare<[string], ColumnRow>('select * from pragma_table_xinfo(?)')
    .all(table.name)
  const primaryKey = columns
    .filter((column) => column.pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map((column) => column.name)
  const indexes = indexesOf(handle, table.name, primaryKey)
  return {
    name: table.name,
    isView: table.type === 'view',
    isOrdered: table.type === 'view' && isOrderedView(handle, table.name),
    isVirtual: table.type === 'virtual',
    columns: columns
      .filter((column) => column.hidden !== 1)
      .map((column) => describeColumn(column, table.strict === 1)),
    primaryKey,
    unique: indexes.filter((index) => index.unique).map((index) => index.columns),
    indexes: indexes.map((index) => index.columns),
  }
}

export function hasRows(handle: Sqlite.Database, table: string): boolean {
  return handle.prepare(`select 1 from main.${quoteName(table)} limit 1`).get() !== undefined
}

export function countRows(handle: Sqlite.Database, table: string): number {
  const count = handle.prepare<[], number>(`select count(*) from main.${quoteName(table)}`)
  return count.pluck().get() ?? 0
}

/** Excludes Tallyman's own tables and the shadow tables of virtual tables. */
export function listTables(handle: Sqlite.Database, limit: number): TableName[] {
  return handle
    .prepare<[number], { name: string; type: string }>(
      `select name, type from pragma_table_list
       where schema = 'main' and type in ('table', 'view', 'virtual')
         and name not like 'sqlite!_%' escape '!' and name not like 'tallyman!_%' escape '!'
       order by name collate nocase, name limit ?`,
    )
    .all(limit)
    .map(({ name, type }) => ({ name, isView: type === 'view' }))
}

/**
 * Indexes that can find rows, the primary key first, which has no index where it is the rowid.
 * Partial indexes, indexes over expressions, and those whose collation differs from the column's
 * are omitted: they find too few rows or other ones.
 */
function indexesOf(handle: Sqlite.Database, table: string, primaryKey: string[]): Index[] {
  const all = handle
    .prepare<[string], IndexRow>('select name, "unique", origin, partial from pragma_index_list(?)')
    .all(table)
  const isRowid = primaryKey.length > 0 && !all.some(({ origin }) => origin === 'pk')
  const found = all
    .filter((index) => index.partial === 0)
    .toSorted((a, b) => Number(b.origin === 'pk') - Number(a.origin === 'pk'))
    .flatMap(({ name, unique }) => {
      const columns = columnsOf(handle, table, name)
      return columns === undefined ? [] : [{ unique: unique === 1, columns }]
    })
  return isRowid ? [{ unique: true, columns: primaryKey }, ...found] : found
}

function columnsOf(handle: Sqlite.Database, table: string, index: string): string[] | undefined {
  const columns = handle
    .prepare<[string], { name: string | null; coll: string }>(
      'select name, coll from pragma_index_xinfo(?) where key = 1 order by seqno',
    )
    .all(index)
  const fitting = columns.flatMap(({ name, coll }) =>
    name !== null && isCollation(handle, table, name, coll) ? [name] : [],
  )
  return fitting.length === columns.length ? fitting : undefined
}

function isCollation(handle: Sqlite.Database, table: string, column: string, name: string) {
  try {
    return collationOf(handle, table, column) === name.toUpperCase()
  } catch (error) {
    // A collation is unavailable: a statement that needs it reports that.
    if (isSqlFault(error)) return false
    throw error
  }
}

function describeColumn(column: ColumnRow, isStrict: boolean): ColumnInfo {
  const length = /char.*\((\d+)\)/i.exec(column.type)
  return {
    name: column.name,
    type: typeOf(column.type.toLowerCase()),
    conversion: affinityOf(column.type, isStrict),
    declared: column.type,
    nullable: column.notnull === 0,
    defaultSql: column.dflt_value,
    maxLength: length === null ? null : Number(length[1]),
    generated: column.hidden > 1,
  }
}

/** NUMERIC names come first, then SQLite's affinity rules (sqlite.org/datatype3.html §3.1). */
function typeOf(declared: string): ColumnType {
  if (declared.includes('bool')) return 'boolean'
  if (declared.includes('datetime') || declared.includes('timestamp')) return 'datetime'
  if (declared.includes('date')) return 'date'
  if (declared.includes('int')) return 'integer'
  if (/char|clob|text/.test(declared)) return 'text'
  if (declared.includes('blob')) return 'blob'
  return /real|floa|doub|dec|num/.test(declared) ? 'number' : 'any'
}
