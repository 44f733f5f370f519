import type Sqlite from 'better-sqlite3'
import { quoteName } from './tables.ts'

/** Built-in collations: exact comparison, ignoring ASCII case, ignoring trailing spaces. */
export type Collation = 'BINARY' | 'NOCASE' | 'RTRIM'

/** Found by a trial comparison, since no schema pragma gives the collation of a column. */
export function collationOf(handle: Sqlite.Database, table: string, column: string): Collation {
  const values = `select ${quoteName(column)} from ${quoteName(table)} where false`
  const distinct = handle
    .prepare<[string, string], number>(
      `select count(*) from (${values} union select ? union select ?)`,
    )
    .pluck()
  if (distinct.get('a', 'A') === 1) return 'NOCASE'
  return distinct.get('a', 'a ') === 1 ? 'RTRIM' : 'BINARY'
}
