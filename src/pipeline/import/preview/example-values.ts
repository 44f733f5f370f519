import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { codecOf } from '../../values/formats/codec-of.ts'
import { booleanTexts } from '../../values/formats/value-codec.ts'
import { FORMULA } from '../../values/formula.ts'

/** Where an example stands: its record, from 0, and whether its values tell records apart. */
export type ExamplePlace = {
  record: number
  isKey: boolean
  /** The values that the table lets the column have, where they are known. */
  known: string[] | undefined
}

/** Texts in shapes that patterns often ask for; `#` is the number of the record. */
const SHAPES = [
  'name#@example.com',
  'name@example.com',
  'A#',
  'AA',
  '0000#',
  '00000000#',
  'AB-000#',
]
/** Numbers that a table hardly has yet: an example that is left in the file changes no row. */
const FIRST_KEY = 9901
const MOST_LISTED = 100

/**
 * Texts that a file may have for a field, in the format of its values: what is likely to fit comes
 * first. None of them is run by a spreadsheet.
 */
export function candidatesFor(
  column: ColumnInfo,
  { format, checks }: Pick<FieldOptions, 'format' | 'checks'>,
  place: ExamplePlace,
): string[] {
  const codec = format === null ? undefined : codecOf(format, column.type)
  const listed = format?.kind === 'enumeration' ? format.values.map(({ written }) => written) : []
  const values = [
    ...turned(checks.flatMap(valuesOf), place),
    ...turned(place.known ?? [], place),
    ...(hasNone(column, place) ? [] : usualValues(column, place)),
    ...checks.flatMap(boundsOf),
  ]
  return [...turned(listed, place), ...values.map((value) => codec?.write(value) ?? value)].filter(
    (text) => text !== '' && !FORMULA.test(text),
  )
}

/** Whether no value is in the table that it refers to, so that it is left empty. */
function hasNone({ nullable }: ColumnInfo, { known }: ExamplePlace): boolean {
  return nullable && known?.length === 0
}

/** Each record begins with another value of a list. */
function turned(values: string[], { record }: ExamplePlace): string[] {
  const first = values.slice(0, MOST_LISTED)
  const at = record % Math.max(1, first.length)
  return [...first.slice(at), ...first.slice(0, at)]
}

function valuesOf(check: FieldCheck): string[] {
  return check.kind === 'one_of' ? check.values : []
}

function boundsOf(check: FieldCheck): string[] {
  return check.kind === 'range' ? [check.least ?? '', check.most ?? ''] : []
}

function usualValues(column: ColumnInfo, { record, isKey }: ExamplePlace): string[] {
  const { name, type, declared } = column
  const number = String(isKey ? FIRST_KEY + record : record + 1)
  switch (type) {
    case 'integer':
      return [number, String(record + 1)]
    case 'number':
      return isKey || isWhole(declared) ? [number] : [`${number}.5`, number]
    case 'boolean':
      return [record % 2 === 0 ? booleanTexts(type).true : booleanTexts(type).false]
    // A day above 12, so that its place is clear.
    case 'date':
      return [`2026-01-${14 + record}`]
    case 'datetime':
      return [`2026-01-${14 + record} 08:30:00`, `2026-01-${14 + record}`]
    case 'blob':
      return [`0${record + 1}`]
    case 'any':
      return declaredValues(column, record) ?? [`${name} ${number}`, number]
    case 'text':
      return [
        `${name} ${number}`,
        ...SHAPES.map((shape) => shape.replace('#', String(record + 1))),
        number,
        String(record + 1),
        'A',
      ]
  }
}

/** A number of so many digits and no decimals. */
function isWhole(declared: string): boolean {
  return /\(\s*\d+\s*(,\s*0\s*)?\)/.test(declared)
}

/** Types of one kind of database, by how their names begin. */
const DECLARED: [start: string, value: (record: number) => string][] = [
  ['uuid', (record) => `00000000-0000-4000-8000-00000000000${record + 1}`],
  ['json', () => '{}'],
  ['time', (record) => `08:3${record}:00`],
  ['interval', (record) => `${record + 1} days`],
  ['inet', (record) => `192.0.2.${record + 1}`],
]

/** Nothing where the type may take no text at all, and need not. */
function declaredValues({ declared, nullable, conversion }: ColumnInfo, record: number) {
  if (declared.endsWith('[]')) return ['{}']
  const known = DECLARED.find(([start]) => declared.toLowerCase().startsWith(start))
  if (known !== undefined) return [known[1](record)]
  return nullable && declared !== '' && conversion === 'blob' ? [] : undefined
}
