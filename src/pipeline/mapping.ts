import type { ColumnInfo, TableInfo } from '../db/target.ts'
import { UnusableError } from '../domain/errors.ts'
import type { ImportSpecification } from '../domain/specification.ts'

/** Columns that Export rejects adds; a corrected file comes back with them. */
export const REJECT_COLUMNS = [
  'reject_line',
  'reject_record',
  'reject_connector',
  'reject_field',
  'reject_code',
  'reject_message',
] as const

/** Which column of the source fills which field of the table. */
export type Mapping = {
  fields: ColumnInfo[]
  /** For each of `fields`, the index of its column in the source. */
  sources: number[]
  /** Columns of the source that fill nothing. */
  leftOut: string[]
}

/**
 * By name, ignoring case, spaces, underscores and accents; `map` goes before that. Without a header
 * the columns are named 1, 2, … and fill the table's columns in their order.
 * @throws UnusableError where names don't fit
 */
export function mapColumns(
  header: string[],
  table: TableInfo,
  specification: ImportSpecification,
): Mapping {
  const columns = table.columns.filter((column) => !column.generated)
  const names = sourceNames(header, specification)
  const unknown = Object.keys(specification.map).find((name) => sourceIndex(names, name) < 0)
  if (unknown !== undefined) {
    throw new UnusableError({
      problem: 'no_file_column',
      column: unknown,
      columns: names.join(', '),
    })
  }

  const pairs = names.map((name, index) => {
    const target = mappedField(specification, names, index)
    return {
      name,
      index,
      field:
        target === undefined
          ? specification.header
            ? fieldNamed(columns, name)
            : columns[index]
          : requireField(columns, table, target),
    }
  })
  const used = pairs.filter((pair) => wanted(specification, pair.field))
  const mapping = {
    fields: used.flatMap((pair) => pair.field ?? []),
    sources: used.map((pair) => pair.index),
    leftOut: pairs.filter((pair) => pair.field === undefined).map((pair) => pair.name),
  }
  check(mapping, table, specification)
  return mapping
}

/** What the fields of a table are called that is made after the source. */
export function fieldNamesFor(header: string[], specification: ImportSpecification): string[] {
  const names = sourceNames(header, specification)
  return names.map(
    (name, index) =>
      mappedField(specification, names, index) ??
      (specification.header ? name : columnName('', index)),
  )
}

/** The columns of the source that are not the reject columns of an earlier export. */
export function withoutRejectColumns(header: string[]): string[] {
  const tail = header.slice(-REJECT_COLUMNS.length)
  return REJECT_COLUMNS.every((name, index) => tail[index] === name)
    ? header.slice(0, -REJECT_COLUMNS.length)
    : header
}

/** A column whose header is blank has the name that a table made after the file gives it. */
export function columnName(given: string, index: number): string {
  return given.trim() === '' ? `column_${index + 1}` : given.trim()
}

export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f\s_]/g, '')
    .toLowerCase()
}

function sourceNames(header: string[], { header: isNamed }: ImportSpecification): string[] {
  return isNamed ? header.map(columnName) : header.map((_, index) => String(index + 1))
}

function sourceIndex(names: string[], name: string): number {
  const exact = names.indexOf(name)
  return exact >= 0 ? exact : names.findIndex((other) => foldName(other) === foldName(name))
}

function mappedField({ map }: ImportSpecification, names: string[], index: number) {
  return Object.entries(map).find(([column]) => sourceIndex(names, column) === index)?.[1]
}

function fieldNamed(columns: ColumnInfo[], name: string): ColumnInfo | undefined {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => foldName(column.name) === foldName(name))
  )
}

function requireField(columns: ColumnInfo[], table: TableInfo, name: string): ColumnInfo {
  const field = fieldNamed(columns, name)
  if (field !== undefined) return field
  throw new UnusableError({
    problem: 'no_table_column',
    table: table.name,
    column: name,
    columns: columnsOf(table),
  })
}

/** Who only looks up or deletes needs nothing but the keys. */
function wanted(specification: ImportSpecification, field: ColumnInfo | undefined): boolean {
  const { operation, key, secondKey } = specification
  const all = operation !== 'reconcile' && operation !== 'delete'
  return (
    field !== undefined && (all || [...key, ...secondKey].some((name) => same(name, field.name)))
  )
}

function check({ fields }: Mapping, table: TableInfo, specification: ImportSpecification): void {
  const names = fields.map((field) => field.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new UnusableError({ problem: 'filled_twice', field: twice })
  if (names.length === 0) {
    throw new UnusableError({
      problem: 'nothing_mapped',
      table: table.name,
      columns: columnsOf(table),
    })
  }
  for (const key of [...specification.key, ...specification.secondKey]) {
    if (!names.some((name) => same(name, key))) {
      throw new UnusableError({ problem: 'key_not_filled', field: key, columns: names.join(', ') })
    }
  }
}

function same(a: string, b: string): boolean {
  return foldName(a) === foldName(b)
}

function columnsOf({ columns }: TableInfo): string {
  return columns.map((column) => column.name).join(', ')
}
