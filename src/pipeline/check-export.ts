import type { Stats } from 'node:fs'
import type { Store } from '../db/store.ts'
import { InvalidInputError } from '../domain/errors.ts'
import { STANDARD_STREAM, type ExportSpecification } from '../domain/specification.ts'
import { requirePlace } from './place.ts'

/**
 * Finds a wrong call before there is a job that could only fail.
 * @returns what is there under the name of the file
 * @throws InvalidInputError
 */
export async function checkExport(
  store: Store,
  { table: name, path, columns }: ExportSpecification,
): Promise<Stats | undefined> {
  const table = await store.describeTable(name)
  if (table === undefined) throw new InvalidInputError({ problem: 'no_table_or_view', table: name })

  const names = table.columns.map((column) => column.name)
  const known = new Set(names.map((column) => column.toLowerCase()))
  const unknown = columns.find((column) => !known.has(column.toLowerCase()))
  if (unknown !== undefined) {
    throw new InvalidInputError({
      problem: 'no_table_column',
      table: table.name,
      column: unknown,
      columns: names.join(', '),
    })
  }
  return path === STANDARD_STREAM ? undefined : await requirePlace(path, store)
}
