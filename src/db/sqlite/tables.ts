import type Sqlite from 'better-sqlite3'
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
  handle.exec(`create table ${quoteName(table.name)} (\n  ${lines.join(',\n  ')}\n)`)
}

export function createIndex(handle: Sqlite.Database, table: string, columns: string[]): string {
  const name = `${table}_by_${columns.join('_')}`
  handle.exec(
    `create index ${quoteName(name)} on ${quoteName(table)} (${columns.map(quoteName).join(', ')})`,
  )
  return name
}
