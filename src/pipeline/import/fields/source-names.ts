import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import { finder, type Finder } from '../../values/find-name.ts'
import { columnName, uniqueNames } from '../../values/unique-names.ts'

type HeaderOptions = Pick<ImportSpecification, 'header' | 'columns'>

/** A column of the source, by the name that it has for all uses. */
export type NamedColumn = { name: string; index: number }

/** The field names of a table that is created from the source; null for an omitted column. */
export function fieldNamesFor(
  header: string[],
  specification: ImportSpecification,
): (string | null)[] {
  const names = sourceNames(header, specification)
  const targets = mappedFields(specification, header)
  const omitted = omittedColumns(specification, names)
  return names.map((name, index) => {
    if (omitted.has(index)) return null
    return targets.get(index) ?? (isNamed(specification) ? name : columnName('', index))
  })
}

/** Indexes of the source columns that the specification leaves out. */
export function omittedColumns({ leaveOut }: ImportSpecification, names: string[]): Set<number> {
  const indexed = names.map((name, index) => ({ name, index }))
  const columnNamed = finder(indexed, ({ name }) => name)
  const found = leaveOut.map((name) => columnNamed(name) ?? numbered(indexed, name))
  return new Set(found.flatMap((column) => column?.index ?? []))
}

/**
 * Indexes of the source columns whose values are sensitive, whatever they fill.
 * @throws UnusableError for an unknown one, whose values would not be masked
 */
export function sensitiveColumns(
  header: string[],
  specification: ImportSpecification,
): ReadonlySet<number> {
  // An empty file has no columns, and no values.
  if (header.length === 0) return new Set()
  const named = columnFinder(header, specification)
  const found = specification.sensitiveColumns.map((column) => {
    const known = named(column)
    if (known !== undefined) return known.index
    const columns = sourceNames(header, specification).join(', ')
    throw new UnusableError({ problem: 'no_file_column', column, columns })
  })
  return new Set(found)
}

/** The same specification for a file that may lack some of the sensitive columns. */
export function withKnownSensitive(
  header: string[],
  specification: ImportSpecification,
): ImportSpecification {
  const named = columnFinder(header, specification)
  const known = specification.sensitiveColumns.filter((column) => named(column) !== undefined)
  return { ...specification, sensitiveColumns: known }
}

/** The names of the columns for all uses; columns without names have numbers. */
export function sourceNames(header: string[], options: HeaderOptions): string[] {
  return isNamed(options) ? uniqueNames(header) : header.map((_, index) => String(index + 1))
}

export function isNamed({ header, columns }: HeaderOptions): boolean {
  return header || columns.length > 0
}

/** The fields that `map` assigns to the source columns that there are, by their index. */
export function mappedFields(
  specification: ImportSpecification,
  header: string[],
): Map<number, string> {
  const columnNamed = columnFinder(header, specification)
  const targets = new Map<number, string>()
  for (const [column, field] of Object.entries(specification.map)) {
    const found = columnNamed(column)
    if (found !== undefined && !targets.has(found.index)) targets.set(found.index, field)
  }
  return targets
}

/** Finds the column that a specification names, or numbers as in `#3`. */
export function columnFinder(header: string[], options: HeaderOptions): Finder<NamedColumn> {
  const indexed = sourceNames(header, options).map((name, index) => ({ name, index }))
  // Of columns that differ only in case, each can also be named as in the file.
  const asGiven = header.map((name, index) => ({ name, index }))
  const named = finder([...indexed, ...asGiven], ({ name }) => name)
  return (...names) => named(...names) ?? numbered(indexed, names.at(-1) ?? '')
}

/** `#3` is the third column. */
function numbered(columns: NamedColumn[], text: string): NamedColumn | undefined {
  const number = /^#([1-9]\d*)$/.exec(text)?.[1]
  return number === undefined ? undefined : columns[Number(number) - 1]
}
