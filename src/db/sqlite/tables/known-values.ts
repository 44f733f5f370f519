import type Sqlite from 'better-sqlite3'
import { checksOf, listedIn } from '../../known/listed-values.ts'
import type { ForeignKey } from '../../known/referred-values.ts'
import type { ListedValues } from '../../../domain/records/table.ts'
import { describeTable } from './describe.ts'
import { quoteName } from './tables.ts'

/** The values that CHECKs list, by the columns that they are about. */
export function listedValues(handle: Sqlite.Database, table: string): ListedValues {
  const definition = handle
    .prepare<[string], string>(
      `select sql from sqlite_schema where type = 'table' and name = ? collate nocase`,
    )
    .pluck()
    .get(table)
  const lists = checksOf(definition ?? '').flatMap((condition) => listedIn(condition) ?? [])
  const columns = describeTable(handle, table)?.columns ?? []
  return new Map(
    columns.flatMap(({ name }): [string, string[]][] => {
      const list = lists.find(({ column }) => column === name.toLowerCase())
      return list === undefined ? [] : [[name, list.values]]
    }),
  )
}

type KeyRow = { id: number; table: string; from: string; to: string | null }

export function foreignKeysOf(handle: Sqlite.Database, table: string): ForeignKey[] {
  const rows = handle
    .prepare<[string], KeyRow>(
      `select id, "table", "from", "to" from pragma_foreign_key_list(?) order by id, seq`,
    )
    .all(table)
  return [...new Set(rows.map(({ id }) => id))].flatMap((id) => {
    const parts = rows.filter((row) => row.id === id)
    const parent = describeTable(handle, parts[0]?.table ?? '')
    if (parent === undefined) return []
    // Without columns, it refers to the primary key.
    const referred = parts.map(({ to }, at) => (to ?? parent.primaryKey[at] ?? '').toLowerCase())
    const there = new Set(parent.columns.map(({ name }) => name.toLowerCase()))
    return referred.every((name) => there.has(name))
      ? {
          columns: parts.map(({ from }) => from),
          parent: `main.${quoteName(parent.name)}`,
          referred,
        }
      : []
  })
}
