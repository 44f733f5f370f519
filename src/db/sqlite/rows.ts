import type Sqlite from 'better-sqlite3'
import type { Cell, ColumnInfo, ExportRows, ReadPlan, RowPosition } from '../target.ts'
import { quoteName } from './tables.ts'

const MAX = Number.MAX_SAFE_INTEGER

/**
 * Reads pages by key: by the rowid, which is never null and always in order, or by the primary key
 * of a table that has none. A view has neither: its rows are counted off, ordered by all its columns.
 */
export function openRows(handle: Sqlite.Database, { table, columns }: ReadPlan): ExportRows {
  const order = orderOf(handle, table)
  const from = quoteName(table.name)
  const cells = columns.map((name) => cellOf(table.columns.find((column) => column.name === name)))
  const places = order.columns.map((name) => exact(name))
  const select = `select ${[...cells, ...places].join(', ')} from ${from}`
  const by = order.columns.join(', ')
  const isAfter = `(${by}) > (${order.columns.map(() => '?').join(', ')})`
  const start = prepare(handle, `${select} order by ${by} limit ?`)
  const next = order.isKeyed
    ? prepare(handle, `${select} where ${isAfter} order by ${by} limit ?`)
    : prepare(handle, `${select} order by ${by} limit ?, ?`)

  return {
    count() {
      const count = handle.prepare<[], number>(`select count(*) from ${from}`).pluck().get()
      return Promise.resolve(count ?? 0)
    },
    read(position, limit) {
      const rows = position === null ? start.all(limit) : next.all(...position, limit)
      const after = positionAfter(rows, position)
      // Cut, and not copied: there are millions of them.
      for (const row of rows) row.length = columns.length
      return Promise.resolve({ rows, position: after })
    },
  }

  function positionAfter(rows: Cell[][], position: RowPosition): RowPosition {
    const last = rows.at(-1)
    if (last === undefined) return position
    return order.isKeyed
      ? last.slice(columns.length).map((cell) => (Buffer.isBuffer(cell) ? null : cell))
      : [Number(position?.[0] ?? 0) + rows.length]
  }
}

function prepare(handle: Sqlite.Database, text: string) {
  return handle.prepare<(string | number | null)[], Cell[]>(text).raw(true)
}

/** A text or a floating-point number comes as it is; everything else may hold an integer of 64 bits. */
function cellOf(column: ColumnInfo | undefined): string {
  if (column === undefined) throw new Error('a column was chosen that the table does not have')
  const name = quoteName(column.name)
  const holdsNone = column.type === 'text' || /real|floa|doub/i.test(column.declared)
  return holdsNone ? name : exact(name)
}

/** An integer comes as a number while a double holds it, and as text beyond. */
function exact(name: string): string {
  const isHuge = `typeof(${name}) = 'integer' and (${name} > ${MAX} or ${name} < -${MAX})`
  return `case when ${isHuge} then cast(${name} as text) else ${name} end`
}

function orderOf(
  handle: Sqlite.Database,
  { name, isView, columns, primaryKey }: ReadPlan['table'],
): { isKeyed: boolean; columns: string[] } {
  if (isView) return { isKeyed: false, columns: columns.map((column) => quoteName(column.name)) }

  const withoutRowid = handle
    .prepare<[string], number>('select wr from pragma_table_list(?)')
    .pluck()
    .get(name)
  const taken = new Set(columns.map((column) => column.name.toLowerCase()))
  const rowid = ['rowid', '_rowid_', 'oid'].find((alias) => !taken.has(alias))
  return withoutRowid === 1 || rowid === undefined
    ? { isKeyed: true, columns: primaryKey.map(quoteName) }
    : { isKeyed: true, columns: [rowid] }
}
