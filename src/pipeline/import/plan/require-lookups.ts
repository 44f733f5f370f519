import type { Store } from '../../../db/store.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError } from '../../../domain/words/errors.ts'

/**
 * Checks that the tables in which values must exist can be looked into.
 * @throws UnusableError
 */
export async function requireLookups(
  { tables, db }: Pick<Store, 'tables' | 'db'>,
  target: string,
  { fields }: Pick<ImportSpecification, 'fields'>,
): Promise<void> {
  for (const check of Object.values(fields).flatMap(({ checks }) => checks)) {
    if (check.kind !== 'exists') continue
    const table = await tables.describe(db, check.table)
    if (table === undefined) throw new UnusableError({ problem: 'no_table', table: check.table })
    if (table.name === target)
      throw new UnusableError({ problem: 'lookup_in_target', table: target })
    const names = table.columns.map(({ name }) => name)
    if (names.includes(check.column)) continue
    throw new UnusableError({
      problem: 'no_table_column',
      table: table.name,
      column: check.column,
      columns: names.join(', '),
    })
  }
}
