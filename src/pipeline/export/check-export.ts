import { kindOf } from '../../db/kind.ts'
import type { Store } from '../../db/store.ts'
import { comparedIn } from '../../domain/records/rows-wanted.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
} from '../../domain/specification/specification.ts'
import { storedId } from '../../domain/specification/stored-path.ts'
import { fieldsIn } from '../../domain/specification/row-selection.ts'
import { formatNamed } from '../known-formats.ts'
import { saidOf } from '../values/find-name.ts'
import { wantedRows } from './wanted-rows.ts'
import { requireWritablePath, resolvePlace } from './output-path.ts'
import { noTableColumns } from '../no-table-columns.ts'
import { refusing } from '../refusing.ts'

/**
 * Validates an export before it becomes a job that can only fail.
 * @returns the specification with the resolved path of its file
 * @throws InvalidInputError
 */
export async function checkExport(
  store: Store,
  specification: ExportSpecification,
): Promise<ExportSpecification> {
  const { table: name, path, columns } = specification
  const table = await refusing(() => store.tables.describe(store.db, name))
  if (table === undefined) throw new InvalidInputError({ problem: 'no_table_or_view', table: name })

  const names = table.columns.map((column) => column.name)
  const { nameKey } = kindOf(store.db)
  const known = new Map(names.map((column) => [nameKey(column), column]))
  const { differential } = specification
  const named = [
    ...(differential === null ? [] : [differential]),
    ...Object.keys(specification.fields),
    ...Object.keys(specification.names),
    ...fieldsIn(specification.filter),
    ...specification.order.map(({ field }) => field),
  ]
  const unknown = [...columns, ...named].filter((column) => !known.has(nameKey(column)))
  const fault = noTableColumns(table, unknown)
  if (fault !== undefined) throw new InvalidInputError(fault)
  for (const part of ['fields', 'names'] as const) {
    requireApart(known, Object.keys(specification[part]), { part, nameKey })
  }
  requireChangeField(
    table.columns.find(({ name }) => nameKey(name) === nameKey(differential ?? '')),
  )
  const chosen =
    columns.length === 0 ? names : columns.map((column) => known.get(nameKey(column)) ?? column)
  await refusing(() => store.tables.requireReadable(store.db, table.name, chosen))
  const format = formatNamed(specification.format)
  const titles = saidOf(
    chosen.map((column) => ({ name: column })),
    specification.names,
  )
  const written = chosen.map((column, at) => titles[at] ?? column)
  await refusing(() => Promise.resolve(format.requireWritable(specification, written)))
  await refusing(async () => {
    const { filter } = wantedRows({ table, nameKey }, specification)
    for (const compared of filter === null ? [] : comparedIn(filter)) {
      await store.tables.requireComparable(store.db, table.name, compared)
    }
  })
  if (path === STANDARD_STREAM || storedId(path) !== undefined) return specification
  await requireWritablePath(path, store)
  return { ...specification, place: await resolvePlace(path) }
}

/**
 * Of two names of one field only one would count.
 * @throws InvalidInputError
 */
function requireApart(
  known: ReadonlyMap<string, string>,
  names: string[],
  { part, nameKey }: { part: 'fields' | 'names'; nameKey(name: string): string },
): void {
  for (const [key, [other = '', name]] of Map.groupBy(names, nameKey)) {
    if (name === undefined) continue
    const field = known.get(key) ?? name
    const problem = { problem: 'field_said_twice', field, name, other } as const
    throw new InvalidInputError(problem, { at: [part, name] })
  }
}

/** @throws InvalidInputError for a field whose values do not grow */
function requireChangeField(column: ColumnInfo | undefined): void {
  if (column?.type !== 'boolean' && column?.type !== 'blob') return
  const problem = { problem: 'no_change_field', field: column.name } as const
  throw new InvalidInputError(problem, { at: ['differential'] })
}
