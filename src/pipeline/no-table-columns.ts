import type { TableInfo } from '../domain/records/table.ts'
import type { StorableProblem } from '../domain/words/problems.ts'

/** Why columns that a table lacks cannot be meant, all in one sentence; undefined if there are none. */
export function noTableColumns(
  { name: table, columns: known }: Pick<TableInfo, 'name' | 'columns'>,
  lacking: readonly string[],
): StorableProblem | undefined {
  const missing = [...new Set(lacking)]
  const [column] = missing
  if (column === undefined) return undefined
  const columns = known.map(({ name }) => name).join(', ')
  return missing.length === 1
    ? { problem: 'no_table_column', table, column, columns }
    : { problem: 'no_table_columns', table, missing: missing.join(', '), columns }
}
