import type { TableInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { knownAs, type FieldRow, type FieldRows } from '../answers/field-row.ts'

/**
 * The key that is ticked, in the order that it had. With its first key, or without any, an import
 * gets another operation by default.
 */
export function keyIn(
  old: ImportSpecification,
  { rows, shown }: FieldRows,
  typed: Readonly<Record<string, string>>,
) {
  const isTicked = ({ row, made, before = '' }: FieldRow) =>
    // A form without such ticks leaves the key of what is made as it is.
    made !== undefined && typed[`asked-${row}`] === undefined
      ? old.key.includes(before)
      : typed[`key-${row}`] === 'yes'
  const placeOf = (name: string) => (old.key.includes(name) ? old.key.indexOf(name) : Infinity)
  const ticked = rows
    .filter(isTicked)
    .map((one) => ({ field: one.field, place: placeOf(knownAs(one)) }))
  const unshown = old.key
    .filter((name) => !shown.has(name) && old.fields[name]?.from)
    .map((field) => ({ field, place: placeOf(field) }))
  const key = [...ticked, ...unshown]
    .toSorted((one, other) => (one.place === other.place ? 0 : one.place - other.place))
    .map(({ field }) => field)
  if (key.length === 0) {
    const isFirst = old.key.length === 0
    return { key, secondKey: [], ...(isFirst ? {} : BY_DEFAULT) }
  }
  const renamed = new Map(rows.map((one) => [knownAs(one), one.field]))
  const secondKey = old.secondKey.map((name) => renamed.get(name) ?? name)
  return { key, secondKey, ...(old.key.length === 0 ? BY_DEFAULT : {}) }
}

type KnownOfKey = Pick<FieldRows, 'rows'> & {
  /** The fields that columns filled before. */
  filledBefore: ReadonlySet<string>
  table: Pick<TableInfo, 'primaryKey'> | undefined
}

/**
 * The key of the table, where its fields are filled only now and the import has none: ticked as it
 * would be for a file whose names match at once.
 */
export function proposedKey(old: ImportSpecification, { rows, filledBefore, table }: KnownOfKey) {
  const key = table?.primaryKey ?? []
  // The form has a row for each field that no column fills; nothing may fill it.
  const filling = rows.filter(({ made }) => made === undefined || made.from !== '')
  const filled = new Set(filling.map(({ field }) => field))
  const wasFilled = (name: string) => filledBefore.has(name) || Boolean(old.fields[name]?.from)
  const isNew = key.every((name) => filled.has(name)) && !key.every(wasFilled)
  return old.key.length === 0 && isNew ? { key, ...BY_DEFAULT } : undefined
}

const BY_DEFAULT = { operation: undefined, duplicates: undefined }
