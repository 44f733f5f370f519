import type Sqlite from 'better-sqlite3'
import { quoteName } from './tables.ts'

/** What tells SQLite's collations apart: whether they see the case of letters, and blanks at the end. */
const EQUAL_TO_A = new Map([
  ['BINARY', { A: false, 'a ': false }],
  ['NOCASE', { A: true, 'a ': false }],
  ['RTRIM', { A: false, 'a ': true }],
])

type IndexedColumn = { name: string | null; coll: string }

/** Whether a unique index over one of the columns compares it otherwise than the table does. */
export function isComparedOtherwise(
  handle: Sqlite.Database,
  table: string,
  columns: string[],
): boolean {
  return handle
    .prepare<[string], IndexedColumn>(
      `select indexed.name, indexed.coll
       from pragma_index_list(?) as one, pragma_index_xinfo(one.name) as indexed
       where one."unique" and indexed.key`,
    )
    .all(table)
    .some(({ name, coll }) => {
      if (name === null || !columns.includes(name)) return false
      const equal = EQUAL_TO_A.get(coll.toUpperCase())
      const isSame = (text: 'A' | 'a ') =>
        areEqual(handle, table, name, ['a', text]) === equal?.[text]
      return !isSame('A') || !isSame('a ')
    })
}

/** Distinct values of a column are told by its own collation, which no description gives. */
function areEqual(
  handle: Sqlite.Database,
  table: string,
  field: string,
  pair: [string, string],
): boolean {
  const column = `select ${quoteName(field)} from ${quoteName(table)} where false`
  return (
    handle
      .prepare<[string, string], number>(
        `select count(*) from (${column} union select ? union select ?)`,
      )
      .pluck()
      .get(...pair) === 1
  )
}
