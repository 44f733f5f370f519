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
  const greatest = (more = '') =>
    handle
      .prepare<Value[], Value>(
        `select max(${quoteName(field)}) from main.${quoteName(table)} where (${where}) ${more}`,
      )
      .pluck()
      .safeIntegers()
      .get(...parameters)
  const latest = greatest()
  const isLate = typeof latest === 'string' && latest > latestNow(handle) && IS_DATE.test(latest)
  const upTo = isLate ? greatest(`and ${quoteName(field)} <= ${NOW_ANYWHERE}`) : latest
  return { upTo: markOf(upTo), isHeldBack: isLate, isBlind: false }
}

const IS_DATE = /^\d{4}-\d\d-\d\d/

/** The latest time that a clock can show now, in whatever time zone. */
const NOW_ANYWHERE = `strftime('%Y-%m-%dT%H:%M:%S', 'now', '+14 hours')`

function latestNow(handle: Sqlite.Database): string {
  return handle.prepare<[], string>(`select ${NOW_ANYWHERE}`).pluck().get() ?? ''
}

function markOf(value: Value | undefined): LatestChange['upTo'] {
  if (typeof value === 'bigint') return { type: 'integer', text: String(value) }
  if (typeof value === 'number') return { type: 'number', text: String(value) }
  return typeof value === 'string' ? { type: 'text', text: value } : null
}
