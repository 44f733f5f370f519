import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import { columnsOfTemplate } from '../../../domain/specification/fields/template.ts'
import type { ValueSource } from '../../../domain/specification/fields/value-source.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { finder } from '../../values/find-name.ts'
import { columnFinder, withKnownSensitive } from './source-names.ts'

/**
 * A specification without the columns that its file lacks, the fields that its table cannot be given
 * and what is compared with values, so that a page can show all the others. A field that is made of a
 * missing column is made of nothing, and is still not filled by a column of its name.
 * @param table undefined for one that is created
 */
export function fittingPart(
  header: string[],
  table: TableInfo | undefined,
  specification: ImportSpecification,
): ImportSpecification {
  const { map, fields } = specification
  const columnNamed = columnFinder(header, specification)
  const hasColumn = (name: string) => columnNamed(name) !== undefined
  const writable = table?.columns.filter(({ generated }) => !generated) ?? []
  const fieldNamed = finder(writable, ({ name }) => name)
  const hasField = (name: string) => table === undefined || fieldNamed(name) !== undefined
  const isFitting = ([column, field]: [string, string]) => hasColumn(column) && hasField(field)
  return {
    ...withKnownSensitive(header, specification),
    map: Object.fromEntries(Object.entries(map).filter(isFitting)),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, options]) => {
        const from = hasField(name) ? fittingSource(options.from, hasColumn) : null
        return [name, { ...options, from, checks: options.checks.filter(isFree) }]
      }),
    ),
    filter: null,
  }
}

function fittingSource(
  from: ValueSource | null,
  hasColumn: (name: string) => boolean,
): ValueSource | null {
  const isLacking = from?.kind === 'template' && !columnsOfTemplate(from.text).every(hasColumn)
  return isLacking ? { kind: 'fixed', text: '' } : from
}

/** Whether nothing that it is given has to be a value of the field. */
function isFree({ kind }: FieldCheck): boolean {
  return kind !== 'range' && kind !== 'one_of'
}
