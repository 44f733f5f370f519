import type Sqlite from 'better-sqlite3'
import { quoteName } from './tables.ts'

/** What a column takes for one text: nothing but the same, also another case, also blanks behind. */
export type Collation = 'BINARY' | 'NOCASE' | 'RTRIM'

/** It is tried out, since no description of a table tells the collations of its columns. */
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
