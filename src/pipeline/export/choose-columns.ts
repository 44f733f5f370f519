import { kindOf } from '../../db/kind.ts'
import type { Store } from '../../db/store.ts'
import type { ColumnInfo, TableInfo } from '../../domain/records/table.ts'
import { JobFailure } from '../../domain/words/failures.ts'

/**
 * The chosen columns of a table; all, if none is chosen.
 * @throws JobFailure `target_changed` for one that is not there
 */
export function chooseColumns({ db }: Store, table: TableInfo, chosen: string[]): ColumnInfo[] {
  const { nameKey } = kindOf(db)
  if (chosen.length === 0) return table.columns
  return chosen.map((wanted) => {
    const found = table.columns.find(({ name }) => nameKey(name) === nameKey(wanted))
    if (found !== undefined) return found
    const now = table.columns.map(({ name }) => name).join(', ')
    throw new JobFailure('target_changed', { table: table.name, before: chosen.join(', '), now })
  })
}
