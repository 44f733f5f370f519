import type { ColumnInfo, TableInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { columnsOfTemplate } from '../../../domain/specification/fields/template.ts'
import type { FilterCondition, FilterGroup } from '../../../domain/specification/record-filter.ts'
import { madeFields } from '../fields/made-fields.ts'
import { isNamed } from '../fields/source-names.ts'
import { FORMULA } from '../../values/formula.ts'
import { foldName } from '../../values/find-name.ts'

/**
 * The columns of a file that an import as specified reads: all fields, under the names that it has
 * for them; if it names every column, only these and the fields that must get a value.
 */
export function exampleColumns(table: TableInfo, specification: ImportSpecification): string[] {
  const { columns } = specification
  if (columns.length > 0) return columns
  const names = isNamed(specification)
    ? namedColumns(table, specification)
    : fieldsToFill(table, specification).map(({ name }) => name)
  return withNumbered(names, specification).map(safeName)
}

function namedColumns(table: TableInfo, specification: ImportSpecification): string[] {
  const { map, leaveOut, key, secondKey, operation } = specification
  const mapped = Object.entries(map).filter(([column]) => numberOf(column) === undefined)
  const filled = new Set(Object.values(map).map(foldName))
  const taken = new Set([...mapped.map(([column]) => column), ...leaveOut].map(foldName))
  const keys = new Set([...key, ...secondKey].map(foldName))
  const isWritten = operation !== 'reconcile' && operation !== 'delete'
  const isNeeded = ({ name, nullable, defaultSql }: ColumnInfo) =>
    keys.has(foldName(name)) ||
    (isWritten && (!isWhole(specification) || (!nullable && defaultSql === null)))
  const others = fieldsToFill(table, specification)
    .filter((field) => isNeeded(field) && !filled.has(foldName(field.name)))
    .filter(({ name }) => !taken.has(foldName(name)))
  const names = [...mapped.map(([column]) => column), ...others.map(({ name }) => name)]
  const known = new Set(names.map(foldName))
  const used = columnsUsed(specification).filter(
    (name) => numberOf(name) === undefined && known.size < known.add(foldName(name)).size,
  )
  return [...names, ...used]
}

/** Whether `map` has every column that is wanted: it says so also of one named like its field. */
function isWhole({ map, leaveOut }: ImportSpecification): boolean {
  const isPlain = ([column, field]: [string, string]) => foldName(column) === foldName(field)
  return leaveOut.length > 0 || Object.entries(map).some(isPlain)
}

function fieldsToFill({ columns }: TableInfo, specification: ImportSpecification): ColumnInfo[] {
  const made = new Set(madeFields(specification).map(({ name }) => foldName(name)))
  return columns.filter(({ name, generated }) => !generated && !made.has(foldName(name)))
}

/** Columns that are read for other fields, or to tell which records are wanted. */
function columnsUsed({ fields, filter }: ImportSpecification): string[] {
  const made = madeFields({ fields }).flatMap(({ from }) => {
    if (from.kind === 'template') return columnsOfTemplate(from.text)
    return from.kind === 'expression' ? columnsOfExpression(from.source) : []
  })
  return [...made, ...(filter === null ? [] : columnsOfFilter(filter))]
}

function columnsOfFilter(part: FilterGroup | FilterCondition): string[] {
  return part.kind === 'condition' ? [part.column] : part.of.flatMap(columnsOfFilter)
}

/** As far as they are written out: `record.name` and `record['name']`. */
function columnsOfExpression(source: string): string[] {
  const found = source.matchAll(
    /\brecord\s*(?:\.\s*([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*(['"])(.*?)\2)/gu,
  )
  return [...found].map(([, name, , literal]) => name ?? literal ?? '')
}

/** A column that the specification knows by its number is named after the field that it fills. */
function withNumbered(names: string[], { map }: ImportSpecification): string[] {
  const numbered = Object.entries(map)
    .flatMap(([column, field]) => ({ at: numberOf(column) ?? 0, field }))
    .filter(({ at }) => at > 0)
    .toSorted((a, b) => a.at - b.at)
  const all = names.filter((name) => !numbered.some(({ field }) => field === name))
  for (const { at, field } of numbered) {
    while (all.length < at - 1) all.push(`column_${all.length + 1}`)
    all.splice(at - 1, 0, field)
  }
  return all
}

function numberOf(column: string): number | undefined {
  const number = /^#([1-9]\d{0,3})$/.exec(column)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** A blank before a name changes nothing for an import, and keeps a spreadsheet from running it. */
function safeName(name: string): string {
  return FORMULA.test(name) ? ` ${name}` : name
}
