import type Sqlite from 'better-sqlite3'
import type { TableInfo } from '../../../domain/records/table.ts'
import { quoteName } from '../tables/tables.ts'

/**
 * The columns that identify a row, in SQL: the rowid, which is never null and always ordered, or
 * the primary key of a WITHOUT ROWID table. Undefined where other columns use all names of the
 * rowid.
 */
export function rowIdentityOf(handle: Sqlite.Database, table: TableInfo): string[] | undefined {
  const withoutRowid = handle
    .prepare<[string], number>(
      `select wr from pragma_table_list where schema = 'main' and name = ?`,
    )
    .pluck()
    .get(table.name)
  if (withoutRowid === 1) return table.primaryKey.map(quoteName)

  const taken = new Set(table.columns.map((column) => column.name.toLowerCase()))
  const rowid = ['rowid', '_rowid_', 'oid'].find((alias) => !taken.has(alias))
  return rowid === undefined ? undefined : [rowid]
}
