import type { ColumnInfo, TableInfo } from '../../../domain/records/table.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { finder, type Finder } from '../../values/find-name.ts'
import { columnName } from '../../values/unique-names.ts'
import { columnsUsed, madeFields } from '../fields/made-fields.ts'
import { requireColumns, requireSources } from '../fields/lacked-columns.ts'
import { isNamed, mappedFields, omittedColumns, sourceNames } from '../fields/source-names.ts'

/** Which source column fills which field of the table. */
export type Mapping = {
  fields: ColumnInfo[]
  /** For each of `fields`, the index of its source column; -1 if no column is mapped to it. */
  sources: number[]
  /** Source columns that match no field. */
  leftOut: string[]
  /** Source columns that the specification leaves out. */
  omitted: string[]
  /** Source columns of fields that the table computes. */
  computed: string[]
}

/** The source of a field that no column is mapped to. */
const NO_COLUMN = -1

/**
 * Maps by name, ignoring case, spaces, underscores and accents; `map` has priority. Without a
 * header, the columns are 1, 2, … and fill the fields in order; computed fields count only if the
 * source is wide enough to include them.
 * @throws UnusableError if names do not match
 */
export function mapColumns(
  header: string[],
  table: TableInfo,
  specification: ImportSpecification,
): Mapping {
  requireColumns(header, specification)
  const mapping = matchColumns(header, table, specification)
  check(mapping, table, specification)
  return mapping
}

/**
 * The same mapping without the checks that an import needs: fields may be filled twice, and a key
 * may be missing, as while a specification is being edited.
 * @throws UnusableError if a field is filled from a column, or is a field, that does not exist
 */
export function matchColumns(
  header: string[],
  table: TableInfo,
  specification: ImportSpecification,
): Mapping {
  const { columns } = table
  const names = sourceNames(header, specification)
  requireSources(header, specification)
  const targets = mappedFields(specification, header)
  const fieldNamed = finder(
    columns.toSorted((a, b) => Number(a.generated) - Number(b.generated)),
    (column) => column.name,
  )
  const made = madeFields(specification).map(({ name }) => requireField(table, name, fieldNamed))
  const filled = columns.filter((column) => !column.generated && !made.includes(column))
  const inOrder = names.length === columns.length ? columns : filled
  const exact = exactFields(header, columns, targets)
  const taken = new Set([...exact.values(), ...made])
  const omitted = omittedColumns(specification, names)
  const pairs = names.map((name, index) => {
    if (omitted.has(index)) return { name, index, field: undefined }
    const target = targets.get(index)
    if (target !== undefined) return { name, index, field: requireField(table, target, fieldNamed) }
    if (!isNamed(specification)) return { name, index, field: unmade(inOrder[index]) }
    // A table may have a blank name, or one with spaces around it.
    const given = header[index] ?? ''
    const isOwn = columnName(given, index) === name
    const alike = fieldNamed(...(isOwn ? [given] : []), name)
    const isFree = alike !== undefined && !taken.has(alike)
    return { name, index, field: unmade(exact.get(index) ?? (isFree ? alike : undefined)) }
  })
  const filledBy = [
    ...pairs,
    ...made.map((field) => ({ name: field.name, index: NO_COLUMN, field })),
  ]
  const keys = new Set(
    [...specification.key, ...specification.secondKey].map((key) => fieldNamed(key)),
  )
  const used = filledBy.filter((pair) => wanted(specification, pair.field, keys))
  const elsewhere = columnsUsed(header, specification)
  const unmatched = pairs.filter((pair) => pair.field === undefined && !elsewhere.has(pair.index))
  return {
    fields: used.flatMap((pair) => pair.field ?? []),
    sources: used.map((pair) => pair.index),
    leftOut: unmatched.filter(({ index }) => !omitted.has(index)).map((pair) => pair.name),
    omitted: unmatched.filter(({ index }) => omitted.has(index)).map((pair) => pair.name),
    computed: pairs.filter((pair) => pair.field?.generated).map((pair) => pair.name),
  }

  function unmade(field: ColumnInfo | undefined): ColumnInfo | undefined {
    return field !== undefined && made.includes(field) ? undefined : field
  }
}

/**
 * By column index, fields whose exact name occurs once in the header: no other column can fill
 * them.
 */
function exactFields(
  header: string[],
  columns: ColumnInfo[],
  targets: Map<number, string>,
): Map<number, ColumnInfo> {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const places = Map.groupBy(header.keys(), (index) => header[index] ?? '')
  const found = new Map<number, ColumnInfo>()
  for (const [name, [index = -1, ...others]] of places) {
    const field = others.length === 0 && !targets.has(index) ? byName.get(name) : undefined
    if (field !== undefined) found.set(index, field)
  }
  return found
}

function requireField(table: TableInfo, name: string, named: Finder<ColumnInfo>): ColumnInfo {
  const field = named(name)
  if (field === undefined) {
    throw new UnusableError({
      problem: 'no_table_column',
      table: table.name,
      column: name,
      columns: columnsOf(table),
    })
  }
  if (field.generated) {
    throw new UnusableError({ problem: 'computed_field', table: table.name, field: field.name })
  }
  return field
}

/** The operations reconcile and delete need only the keys. */
function wanted(
  { operation }: ImportSpecification,
  field: ColumnInfo | undefined,
  keys: ReadonlySet<ColumnInfo | undefined>,
): boolean {
  const all = operation !== 'reconcile' && operation !== 'delete'
  if (field === undefined || field.generated) return false
  return all || keys.has(field)
}

function check({ fields }: Mapping, table: TableInfo, specification: ImportSpecification): void {
  const names = fields.map((field) => field.name)
  const seen = new Set<string>()
  const twice = names.find((name) => seen.size === seen.add(name).size)
  if (twice !== undefined) {
    throw new UnusableError({ problem: 'filled_twice', field: twice }, { at: ['fields', twice] })
  }
  const fieldNamed = finder(table.columns, ({ name }) => name)
  const keys = [...specification.key, ...specification.secondKey]
  const computed = keys.find((key) => fieldNamed(key)?.generated === true)
  if (computed !== undefined) {
    throw new UnusableError({ problem: 'computed_key', table: table.name, field: computed })
  }
  if (names.length === 0) {
    const { name, columns } = table
    throw new UnusableError(
      columns.length === 0
        ? { problem: 'table_without_columns', table: name }
        : { problem: 'nothing_mapped', table: name, columns: columnsOf(table) },
    )
  }
  for (const key of keys) {
    if (!names.includes(fieldNamed(key)?.name ?? key)) {
      throw new UnusableError({ problem: 'key_not_filled', field: key, columns: names.join(', ') })
    }
  }
}

function columnsOf({ columns }: TableInfo): string {
  return columns.map((column) => column.name).join(', ')
}
