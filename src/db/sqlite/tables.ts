import Sqlite from 'better-sqlite3'
import { UnusableError } from '../../domain/errors.ts'
import type { NewTable } from '../store.ts'

const TYPE_NAMES = { integer: 'INTEGER', number: 'REAL', text: 'TEXT' }

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function createTable(handle: Sqlite.Database, table: NewTable): void {
  const lines = table.columns.map(({ name, type }) => `${quoteName(name)} ${TYPE_NAMES[type]}`)
  if (table.primaryKey.length > 0) {
    lines.push(`PRIMARY KEY (${table.primaryKey.map(quoteName).join(', ')})`)
  }
  try {
    handle.exec(`create table ${quoteName(table.name)} (\n  ${lines.join(',\n  ')}\n)`)
  } catch (error) {
    // Too many columns, or the name of an index: what the file asks for can't be made.
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_ERROR') throw error
    throw new UnusableError({
      problem: 'table_refused',
      table: table.name,
      detail: error.message,
    })
  }
}

export function createIndex(handle: Sqlite.Database, table: string, columns: string[]): string {
  const name = `${table}_by_${columns.join('_')}`
  handle.exec(
    `create index ${quoteName(name)} on ${quoteName(table)} (${columns.map(quoteName).join(', ')})`,
  )
  return name
}

/** All that SQLite has to say against the columns of a table or view, it says when it compiles. */
export function prepareRead(handle: Sqlite.Database, table: string, columns: string[]): void {
  handle.prepare(`select ${columns.map(quoteName).join(', ')} from main.${quoteName(table)}`)
}
