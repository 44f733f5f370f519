import type { Value } from '../../../domain/records/record.ts'
import type { RowFilter } from '../../../domain/records/rows-wanted.ts'
import { filterSql } from '../../row-filter.ts'
import { quoteName, quoteText } from './names.ts'

/** COPY takes no parameters: values are quoted as the server quotes them. */
export function whereSql(filter: RowFilter | null): string | undefined {
  const value = (one: Value) => quoteText(String(one))
  return filter === null ? undefined : filterSql(filter, { name: quoteName, value })
}
