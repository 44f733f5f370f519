import { kindOf } from '../../db/kind.ts'
import type { Store } from '../../db/store.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { refusing } from '../refusing.ts'

/**
 * The columns of a table or view, and the export that names them as the table does.
 * @throws InvalidInputError where the table is gone, or cannot be described
 */
export async function describeWritten(
  { tables, db }: Store,
  specification: ExportSpecification,
): Promise<{ columns: ColumnInfo[]; said: ExportSpecification }> {
  const { table } = specification
  const found = await refusing(() => tables.describe(db, table))
  if (found === undefined) throw new InvalidInputError({ problem: 'no_table_or_view', table })
  const { nameKey } = kindOf(db)
  const known = new Map(found.columns.map(({ name }) => [nameKey(name), name]))
  const own = (name: string) => known.get(nameKey(name)) ?? name
  const keyed = <Value>(given: Record<string, Value>) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [own(name), value]))
  const { columns, names, fields } = specification
  const said = { columns: columns.map(own), names: keyed(names), fields: keyed(fields) }
  return { columns: found.columns, said: { ...specification, ...said } }
}
