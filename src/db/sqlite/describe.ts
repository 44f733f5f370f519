import type Sqlite from 'better-sqlite3'
import type { TableName } from '../store.ts'
import type { ColumnInfo, ColumnType, TableInfo } from '../target.ts'
import { isOrdered } from './is-ordered.ts'
import { quoteName } from './tables.ts'

type ColumnRow = {
  name: string
  type: string
  notnull: number
  dflt_value: string | null
  pk: number
  hidden: number
}
type IndexRow = { name: string; unique: number; partial: number }

export function describeTable(handle: Sqlite.Database, name: string): TableInfo | undefined {
  const table = handle
    .prepare<[string], { name: string; type: string; sql: string }>(
      `select name, type, sql from sqlite_master
       where type in ('table', 'view') and name = ? collate nocase and name not like 'sqlite!_%' escape '!'`,
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
  const indexes = indexesOf(handle, table.name)
  return {
    name: table.name,
    isView: table.type === 'view',
    isOrdered: table.type === 'view' && isOrdered(table.sql),
    columns: columns.filter((column) => column.hidden !== 1).map(describeColumn),
    primaryKey,
    unique: [
      primaryKey,
      ...indexes.filter((index) => index.unique).map((index) => index.columns),
    ].filter((list) => list.length > 0),
    indexes: [primaryKey, ...indexes.map((index) => index.columns)].filter(
      (list) => list.length > 0,
    ),
  }
}

export function countRows(handle: Sqlite.Database, table: string): number {
  const count = handle.prepare<[], number>(`select count(*) from main.${quoteName(table)}`)
  return count.pluck().get() ?? 0
}

/** Tallyman's own tables are not a user's, nor are those that SQLite makes behind a virtual one. */
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

/** A partial index or one over an expression finds not every row: it is left out. */
function indexesOf(handle: Sqlite.Database, table: string) {
  return handle
    .prepare<[string], IndexRow>('select name, "unique", partial from pragma_index_list(?)')
    .all(table)
    .filter((index) => index.partial === 0)
    .map((index) => ({
      unique: index.unique === 1,
      columns: handle
        .prepare<[string], { name: string | null }>(
          'select name from pragma_index_info(?) order by seqno',
        )
        .all(index.name)
        .map((column) => column.name),
    }))
    .flatMap(({ unique, columns }) => {
      const named = columns.filter((column) => column !== null)
      return named.length === columns.length ? [{ unique, columns: named }] : []
    })
}

function describeColumn(column: ColumnRow): ColumnInfo {
  const length = /char.*\((\d+)\)/i.exec(column.type)
  return {
    name: column.name,
    type: typeOf(column.type.toLowerCase()),
    declared: column.type,
    nullable: column.notnull === 0,
    defaultSql: column.dflt_value,
    maxLength: length === null ? null : Number(length[1]),
    generated: column.hidden > 1,
  }
}

/** The names first that SQLite would give NUMERIC affinity, then its own rules (sqlite.org/datatype3.html §3.1). */
function typeOf(declared: string): ColumnType {
  if (declared.includes('bool')) return 'boolean'
  if (declared.includes('datetime') || declared.includes('timestamp')) return 'datetime'
  if (declared.includes('date')) return 'date'
  if (declared.includes('int')) return 'integer'
  if (/char|clob|text/.test(declared)) return 'text'
  if (declared.includes('blob')) return 'blob'
  return /real|floa|doub|dec|num/.test(declared) ? 'number' : 'any'
}
