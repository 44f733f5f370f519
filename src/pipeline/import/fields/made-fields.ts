import { columnsOfTemplate } from '../../../domain/specification/fields/template.ts'
import type { ValueSource } from '../../../domain/specification/fields/value-source.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { columnFinder, sourceNames } from './source-names.ts'

/** The fields whose values do not come from a column mapped to them, by their given names. */
export function madeFields({
  fields,
}: Pick<ImportSpecification, 'fields'>): { name: string; from: ValueSource }[] {
  return Object.entries(fields).flatMap(([name, { from }]) =>
    from === null ? [] : [{ name, from }],
  )
}

/** Whether an expression may put the name of a column together, so that its text does not tell it. */
export function mayUseAnyColumn(source: string): boolean {
  return !/^(?:[^r]|r(?!ecord\b)|record\.)*$/.test(source)
}

/**
 * The indexes of the source columns from which these fields are made. An expression uses every
 * column whose name it has in its text.
 */
export function columnsUsed(header: string[], specification: ImportSpecification): Set<number> {
  const names = sourceNames(header, specification)
  const named = columnFinder(header, specification)
  const used = new Set<number>()
  for (const { from } of madeFields(specification)) {
    if (from.kind === 'template') {
      for (const column of columnsOfTemplate(from.text)) {
        const found = named(column)
        if (found !== undefined) used.add(found.index)
      }
    } else if (from.kind === 'expression') {
      names.forEach((name, index) => from.source.includes(name) && used.add(index))
    }
  }
  return used
}

/** The columns whose values these fields may show: all, where an expression may use any. */
export function columnsShown(header: string[], specification: ImportSpecification): Set<number> {
  const isAny = madeFields(specification).some(
    ({ from }) => from.kind === 'expression' && mayUseAnyColumn(from.source),
  )
  return isAny ? new Set(header.keys()) : columnsUsed(header, specification)
}
