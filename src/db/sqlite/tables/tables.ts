import Sqlite from 'better-sqlite3'
import type { MadeType } from '../../../domain/records/table.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { NewTable } from '../../store.ts'

/** `number` is NUMERIC, so that integers in a mixed column stay integers. */
export const TYPE_NAMES: Record<MadeType, string> = {
  integer: 'INTEGER',
  bigint: 'INTEGER',
  number: 'NUMERIC',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
  timestamp: 'DATETIME',
  uuid: 'TEXT',
  text: 'TEXT',
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function createTable(handle: Sqlite.Database, table: NewTable): void {
  try {
    handle.exec(definitionOf(table))
  } catch (error) {
    // Too many columns, or a name used by an index: the table can't be created as the file asks.
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_ERROR') throw error
    throw new UnusableError({
      problem: 'table_refused',
      table: table.name,
      detail: error.message,
    })
  }
}

export function definitionOf({ name: table, columns, primaryKey }: NewTable): string {
  const lines = columns.map(({ name, type }) => `${quoteName(name)} ${TYPE_NAMES[type]}`)
  if (primaryKey.length > 0) lines.push(`PRIMARY KEY (${primaryKey.map(quoteName).join(', ')})`)
  return `CREATE TABLE ${quoteName(table)} (\n  ${lines.join(',\n  ')}\n)`
}

export function createIndex(handle: Sqlite.Database, table: string, columns: string[]): string {
  const name = `${table}_by_${columns.join('_')}`
  handle.exec(
    `create index ${quoteName(name)} on ${quoteName(table)} (${columns.map(quoteName).join(', ')})`,
  )
  return name
}

/** Compiles a read of these columns, which reveals all that SQLite finds wrong with them. */
export function prepareRead(handle: Sqlite.Database, table: string, columns: string[]): void {
  handle.prepare(`select ${columns.map(quoteName).join(', ')} from main.${quoteName(table)}`)
}
