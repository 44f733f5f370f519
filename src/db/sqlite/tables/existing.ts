import type Sqlite from 'better-sqlite3'
import type { WantedValues } from '../../export-rows.ts'
import { quoteName } from './tables.ts'

/**
 * Which of these values a column has. A text from JSON takes the affinity of the column that it is
 * compared with, so that its index serves.
 */
export function existingValues(
  handle: Sqlite.Database,
  table: string,
  { column, values }: WantedValues,
): Set<string> {
  const statement = handle.prepare<[string], string>(
    `select given.value from json_each(?) as given where exists
       (select 1 from main.${quoteName(table)} as t where t.${quoteName(column)} = given.value)`,
  )
  return new Set(statement.pluck().all(JSON.stringify(values)))
}
