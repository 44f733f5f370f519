import type Sqlite from 'better-sqlite3'
import type { NewTable } from '../../store.ts'
import { describeTable } from './describe.ts'
import { definitionOf, quoteName, TYPE_NAMES } from './tables.ts'

/** Temporary name of the new table; it is renamed before the transaction ends. */
const SCRATCH = 'tallyman_wider'

type Column = NewTable['columns'][number]

/**
 * Rebuilds a table with wider types; the values of its rows keep their original text.
 * @param rows the row count where nobody else has written to the table
 * @returns false where something else uses the table, which then stays unchanged
 */
export function widenTable(
  handle: Sqlite.Database,
  name: string,
  wider: Column[],
  rows: number,
): boolean {
  const table = asMade(handle, name)
  if (table === undefined || isUsed(handle, name, rows)) return false

  const typeOf = new Map(wider.map((column) => [column.name, column.type]))
  const columns = table.columns.map(({ name: column, type }) => ({
    name: column,
    type: typeOf.get(column) ?? type,
  }))
  const values = table.columns.map((column) => valueOf(column, typeOf.get(column.name)))
  const indexes = handle
    .prepare<[string], string>(
      `select sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null`,
    )
    .pluck()
    .all(name)
  handle.exec(definitionOf({ ...table, name: SCRATCH, columns }))
  handle.exec(`insert into ${SCRATCH} select ${values.join(', ')} from main.${quoteName(name)}`)
  handle.exec(`drop table main.${quoteName(name)}`)
  rename(handle, name)
  for (const index of indexes) handle.exec(index)
  return true
}

/** With legacy_alter_table, which skips views that read the table: its columns stay the same. */
function rename(handle: Sqlite.Database, name: string): void {
  handle.pragma('legacy_alter_table = on')
  try {
    handle.exec(`alter table ${SCRATCH} rename to ${quoteName(name)}`)
  } finally {
    handle.pragma('legacy_alter_table = off')
  }
}

/** The table, where its definition is still the one that a job created. */
function asMade(handle: Sqlite.Database, name: string): NewTable | undefined {
  const table = describeTable(handle, name)
  if (table === undefined) return undefined
  const columns = table.columns.flatMap(({ name: column, declared }) => {
    const type = typeNamed(declared)
    return type === undefined ? [] : [{ name: column, type }]
  })
  const made = { name, columns, primaryKey: table.primaryKey }
  const sql = handle
    .prepare<[string], string>(`select sql from sqlite_schema where type = 'table' and name = ?`)
    .pluck()
    .get(name)
  return sql?.toLowerCase() === definitionOf(made).toLowerCase() ? made : undefined
}

function typeNamed(declared: string): Column['type'] | undefined {
  const all: Column['type'][] = ['integer', 'number', 'text', 'boolean', 'date', 'datetime']
  return all.find((type) => TYPE_NAMES[type] === declared)
}

function isUsed(handle: Sqlite.Database, name: string, rows: number): boolean {
  const others = handle
    .prepare<{ name: string }, number>(
      `select 1 from sqlite_schema where type = 'trigger' and tbl_name = :name
       union all
       select 1 from sqlite_schema child, pragma_foreign_key_list(child.name) reference
       where child.type = 'table' and reference."table" = :name collate nocase`,
    )
    .pluck()
  if (others.get({ name }) !== undefined) return true
  const count = handle.prepare<[], number>(`select count(*) from main.${quoteName(name)}`)
  return count.pluck().get() !== rows
}

function valueOf({ name, type }: Column, wider: Column['type'] | undefined): string {
  const column = quoteName(name)
  if (wider !== 'text') return column
  else if (type === 'boolean') return `case ${column} when 1 then 'true' when 0 then 'false' end`
  else return `cast(${column} as text)`
}
