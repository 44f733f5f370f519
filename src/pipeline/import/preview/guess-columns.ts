import type { ColumnInfo, TableInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { isNamed, type NamedColumn } from '../fields/source-names.ts'
import { matchColumns, type Mapping } from '../plan/mapping.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { fitAsTheyAre, guessFormat } from './guess-format.ts'
import type { OpenPreview } from './open-preview.ts'
import { isNumberOf, meaningsOf } from './names/synonyms.ts'

type Seen = Pick<OpenPreview, 'header' | 'names' | 'records'>

/** The columns that fill fields by themselves: by their names, then by what these mean. */
export type Guess = {
  mapping: Mapping
  /** Column → field, for those whose names only mean the same. */
  synonyms: Readonly<Record<string, string>>
}

/** What the program matches by itself, whatever `map` says. */
export function guessColumns(seen: Seen, table: TableInfo, given: ImportSpecification): Guess {
  const { header, names } = seen
  const specification = { ...given, map: {}, leaveOut: [], operation: 'insert' as const }
  const mapping = matchColumns(header, table, specification)
  if (!isNamed(given)) return { mapping, synonyms: {} }
  const filled = new Set(mapping.fields.map(({ name }) => name))
  const fields = table.columns.filter(({ name, generated }) => !generated && !filled.has(name))
  const columns = names.flatMap((name, index) =>
    mapping.sources.includes(index) ? [] : [{ name, values: () => valuesAt(seen, index) }],
  )
  return { mapping, synonyms: Object.fromEntries(onlyPairs(columns, fields, table)) }
}

/** The columns that mean one of these fields, by field. */
export function guessAmong(
  seen: Seen,
  table: TableInfo,
  { columns, fields }: { columns: NamedColumn[]; fields: ColumnInfo[] },
): ReadonlyMap<string, string> {
  const free = columns.map(({ name, index }) => ({ name, values: () => valuesAt(seen, index) }))
  return new Map(onlyPairs(free, fields, table).map(([column, field]) => [field, column]))
}

/** The field that a guess has for a column. */
export function guessedField(
  { mapping, synonyms }: Guess,
  name: string,
  index: number,
): string | undefined {
  return synonyms[name] ?? mapping.fields[mapping.sources.indexOf(index)]?.name
}

type FreeColumn = { name: string; values(): string[] }

/** The pairs of which neither the column nor the field could be part of another one. */
function onlyPairs(
  columns: FreeColumn[],
  fields: ColumnInfo[],
  table: TableInfo,
): [string, string][] {
  const pairs = columns.flatMap((column) => {
    const meanings = meaningsIn(column)
    const isNumber = isNumberOf(column.name, table.name)
    return fields
      .filter(({ name }) => {
        const named = meaningsOf(name)
        const isOwn = isNumber && named.some((meaning) => meaning === 'id' || meaning === 'number')
        return isOwn || named.some((meaning) => meanings.includes(meaning))
      })
      .filter((field) => fits(column.values(), field))
      .map((field) => ({ column: column.name, field: field.name }))
  })
  return pairs
    .filter(
      ({ column, field }) =>
        pairs.filter((other) => other.column === column || other.field === field).length === 1,
    )
    .map(({ column, field }) => [column, field])
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** A name that says nothing leaves the values to tell. */
function meaningsIn({ name, values }: FreeColumn): readonly string[] {
  const known = meaningsOf(name)
  if (known.length > 0) return known
  return areMostly(values(), (text) => EMAIL.test(text)) ? ['email'] : []
}

function fits(values: string[], field: ColumnInfo): boolean {
  return fitAsTheyAre(values, field) || guessFormat(values, field).kind !== 'none'
}

/** The share of values that must be of a kind: some are always wrong. */
const ENOUGH = 0.9

function areMostly(values: string[], is: (text: string) => boolean): boolean {
  return values.length > 0 && values.filter(is).length >= values.length * ENOUGH
}

function valuesAt({ records }: Seen, index: number): string[] {
  return records
    .map((record) => textOfValue(record.read().fields[index]))
    .filter((text) => text.trim() !== '')
}
