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
  const checks = Object.entries(fields).flatMap(([name, options]) =>
    options.checks.map((check, index) => ({
      check,
      at: ['fields', name, 'checks', String(index)],
    })),
  )
  for (const { check, at } of checks) {
    if (check.kind !== 'exists') continue
    const table = await tables.describe(db, check.table)
    const ofTable = { at: [...at, 'table'] }
    if (table === undefined)
      throw new UnusableError({ problem: 'no_table_or_view', table: check.table }, ofTable)
    if (table.name === target)
      throw new UnusableError({ problem: 'lookup_in_target', table: target }, ofTable)
    const names = table.columns.map(({ name }) => name)
    if (names.includes(check.column)) continue
    throw new UnusableError(
      {
        problem: 'no_table_column',
        table: table.name,
        column: check.column,
        columns: names.join(', '),
      },
      { at: [...at, 'column'] },
    )
  }
}
