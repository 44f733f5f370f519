import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { finder } from '../../values/find-name.ts'
import { columnName, uniqueNames } from '../../values/unique-names.ts'

/** The field names of a table that is created from the source; null for an omitted column. */
export function fieldNamesFor(
  header: string[],
  specification: ImportSpecification,
): (string | null)[] {
  const names = sourceNames(header, specification)
  const { targets } = mappedFields(specification, names, header)
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

/** The names of the columns for all uses; columns without names have numbers. */
export function sourceNames(header: string[], specification: ImportSpecification): string[] {
  return isNamed(specification) ? uniqueNames(header) : header.map((_, index) => String(index + 1))
}

export function isNamed({
  header,
  columns,
}: Pick<ImportSpecification, 'header' | 'columns'>): boolean {
  return header || columns.length > 0
}

/** The fields that `map` assigns to source columns, and its first unknown column. */
export function mappedFields({ map }: ImportSpecification, names: string[], header: string[]) {
  const indexed = names.map((name, index) => ({ name, index }))
  // Of columns that differ only in case, each can also be named as in the file.
  const asGiven = header.map((name, index) => ({ name, index }))
  const columnNamed = finder([...indexed, ...asGiven], ({ name }) => name)
  const targets = new Map<number, string>()
  let unknown: string | undefined
  for (const [column, field] of Object.entries(map)) {
    const found = columnNamed(column) ?? numbered(indexed, column)
    if (found === undefined) unknown ??= column
    else if (!targets.has(found.index)) targets.set(found.index, field)
  }
  return { targets, unknown }
}

/** `#3` is the third column. */
function numbered<Column>(columns: Column[], text: string): Column | undefined {
  const number = /^#([1-9]\d*)$/.exec(text)?.[1]
  return number === undefined ? undefined : columns[Number(number) - 1]
}
