import type Sqlite from 'better-sqlite3'
import type { LatestChange, WantedChanges } from '../../../domain/records/change-window.ts'
import type { Value } from '../../../domain/records/record.ts'
import { filterSql } from '../../row-filter.ts'
import { quoteName } from './tables.ts'

export function latestChange(
  handle: Sqlite.Database,
  table: string,
  { field, filter }: WantedChanges,
): LatestChange {
  const parameters: Value[] = []
  const value = (one: Value) => {
    parameters.push(one)
    return '?'
  }
  const where = filterSql(filter ?? { kind: 'all', of: [] }, { name: quoteName, value })
  const statement = handle.prepare<Value[], Value>(
    `select max(${quoteName(field)}) from main.${quoteName(table)} where ${where}`,
  )
  const latest = statement
    .pluck()
    .safeIntegers()
    .get(...parameters)
  return { upTo: markOf(latest), isHeldBack: false, isBlind: false }
}

function markOf(value: Value | undefined): LatestChange['upTo'] {
  if (typeof value === 'bigint') return { type: 'integer', text: String(value) }
  if (typeof value === 'number') return { type: 'number', text: String(value) }
  return typeof value === 'string' ? { type: 'text', text: value } : null
}
