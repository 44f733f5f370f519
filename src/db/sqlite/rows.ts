import type Sqlite from 'better-sqlite3'
import type { ExportRows, Position, ReadPlan, Value } from '../target.ts'
import { quoteName } from './tables.ts'

/**
 * Reads pages by key: by the rowid, which is never null and always in order, or by the primary key
 * of a table that has none. A view has neither; its pages are counted off in the order of all its columns.
 */
export function openRows(handle: Sqlite.Database, { table, columns }: ReadPlan): ExportRows {
  const order = orderOf(handle, table.name, table)
  const names = columns.map(quoteName).join(', ')
  const from = quoteName(table.name)
  const by = order.columns.join(', ')
  const first = `select ${[names, ...order.columns].join(', ')} from ${from}`
  const start = handle.prepare<Value[], Value[]>(`${first} order by ${by} limit ?`)
  const next = order.keyed
    ? handle.prepare<Value[], Value[]>(
        `${first} where (${by}) > (${order.columns.map(() => '?').join(', ')}) order by ${by} limit ?`,
      )
    : handle.prepare<Value[], Value[]>(`${first} order by ${by} limit -1 offset ?`)

  return {
    count() {
      const count = handle.prepare<[], number>(`select count(*) from ${from}`).pluck().get()
      return Promise.resolve(count ?? 0)
    },
    read(after: Position, limit: number) {
      const rows =
        order.keyed || after === null
          ? page(after === null ? start : next, [...(after ?? []), limit])
          : page(handle.prepare<Value[], Value[]>(`${first} order by ${by} limit ? offset ?`), [
              limit,
              ...after,
            ])
      const last = rows.at(-1)
      const position =
        last === undefined
          ? after
          : order.keyed
            ? last.slice(columns.length)
            : [Number(after?.[0] ?? 0) + rows.length]
      return Promise.resolve({ rows, position })
    },
  }
}

type Statement = Sqlite.Statement<Value[], Value[]>

function page(statement: Statement, parameters: Value[]): Value[][] {
  return statement
    .raw(true)
    .safeIntegers(true)
    .all(...parameters)
}

function orderOf(
  handle: Sqlite.Database,
  name: string,
  { isView, columns, primaryKey }: ReadPlan['table'],
): { keyed: boolean; columns: string[] } {
  if (isView) return { keyed: false, columns: columns.map((column) => quoteName(column.name)) }

  const withoutRowid = handle
    .prepare<[string], number>('select wr from pragma_table_list(?)')
    .pluck()
    .get(name)
  const taken = new Set(columns.map((column) => column.name.toLowerCase()))
  const rowid = ['rowid', '_rowid_', 'oid'].find((alias) => !taken.has(alias))
  return withoutRowid === 1 || rowid === undefined
    ? { keyed: true, columns: primaryKey.map(quoteName) }
    : { keyed: true, columns: [rowid] }
}
