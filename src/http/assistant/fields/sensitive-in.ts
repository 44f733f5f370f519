import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { sensitiveColumns } from '../../../pipeline/import/fields/source-names.ts'

type Named = { name: string; index: number }

/** The sensitive columns among those of a file, by index. */
export function sensitiveAmong(
  specification: ImportSpecification,
  columns: { name: string }[],
): ReadonlySet<number> {
  const names = columns.map(({ name }) => name)
  return sensitiveColumns(names, { ...specification, header: true, columns: [] })
}

/**
 * The columns that the form says to be sensitive. Of a column that fills a field, its field says it;
 * what the form does not show stays as it is.
 */
export function sensitiveIn(
  old: ImportSpecification,
  columns: Named[],
  typed: Readonly<Record<string, string>>,
): string[] {
  const known = sensitiveAmong(old, columns)
  const isSensitive = ({ index }: Named) => {
    if (typed[`asked-${index}`] === 'yes') return false
    const isShown = typed[`secretShown-${index}`] === 'yes'
    return isShown ? typed[`secret-${index}`] === 'yes' : known.has(index)
  }
  return columns.filter(isSensitive).map(({ name }) => name)
}
