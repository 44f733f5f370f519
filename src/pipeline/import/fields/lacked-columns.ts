import type { FilterGroup } from '../../../domain/specification/record-filter.ts'
import { columnsOfTemplate } from '../../../domain/specification/fields/template.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import { columnFinder, sourceNames } from './source-names.ts'

/** A column that a specification names, with its place where it is a part of a field. */
type Mention = { column: string; at?: readonly string[] }

/**
 * Checks that a file has every column that a specification names.
 * @throws UnusableError that names all that it lacks
 */
export function requireColumns(header: string[], specification: ImportSpecification): void {
  const columnNamed = columnFinder(header, specification)
  const lacked = namedColumns(specification).filter(({ column }) => !columnNamed(column))
  const [first] = lacked
  if (first === undefined) return
  const names = [...new Set(lacked.map(({ column }) => column))]
  const columns = sourceNames(header, specification).join(', ')
  if (names.length > 1) {
    throw new UnusableError({ problem: 'no_file_columns', missing: names.join(', '), columns })
  }
  throw new UnusableError(
    { problem: 'no_file_column', column: first.column, columns },
    { at: first.at },
  )
}

/** The same of the columns that fill fields, while other parts may still be wrong. */
export function requireSources(header: string[], specification: ImportSpecification): void {
  requireColumns(header, { ...specification, sensitiveColumns: [], filter: null })
}

/** What fills fields comes first. */
function namedColumns(specification: ImportSpecification): Mention[] {
  const { map, fields, sensitiveColumns, filter } = specification
  return [
    ...Object.keys(map).map((column) => ({ column })),
    ...Object.entries(fields).flatMap(([name, { from }]) =>
      from?.kind === 'template'
        ? columnsOfTemplate(from.text).map((column) => ({ column, at: ['fields', name, 'from'] }))
        : [],
    ),
    ...sensitiveColumns.map((column) => ({ column })),
    ...(filter === null ? [] : columnsOfFilter(filter)).map((column) => ({ column })),
  ]
}

function columnsOfFilter({ of }: FilterGroup): string[] {
  return of.flatMap((part) => (part.kind === 'condition' ? [part.column] : columnsOfFilter(part)))
}
