import { emptyKey, keyReader } from '../../../domain/reconcile/key.ts'
import type { Row, Value } from '../../../domain/records/record.ts'
import type { ColumnInfo, TableInfo, Typing } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { ErrorPolicy } from '../../../domain/specification/fields/error-policy.ts'
import type { Message } from '../../../domain/words/messages.ts'

type Plan = {
  table: TableInfo
  mapping: { fields: ColumnInfo[] }
  key: string[]
  secondKey: string[]
}
type Needed = { field: string; message: Message }
type NeededPolicy = Needed & { policy: ErrorPolicy }
/** A record with what was found of its values so far. */
type CheckedRow = Row & {
  text: Message | undefined
  outcome: unknown
  problems: readonly NeededPolicy[]
}

/** Returns a function that tells which fields of a record need a value and get none. */
export function neededOf(
  { table, mapping, key, secondKey }: Plan,
  specification: Pick<ImportSpecification, 'operation'>,
  typing: Typing,
): (row: Row) => Needed[] {
  const needs = neededValues(table, specification, typing)
  const keyed = { table, fields: mapping.fields.map(({ name }) => name), key, secondKey }
  const keyOf = keyReader(keyed)
  return (row) => {
    const empty = mapping.fields.filter((field, at) => needs(field, row.values[at]))
    const needed = empty.map(({ name }): Needed => ({
      field: name,
      message: { code: 'TLY-3002', params: {} },
    }))
    if (keyOf(row) !== 'empty') return needed
    const { field, message } = emptyKey(keyed, row)
    return field === null
      ? needed
      : [{ field, message }, ...needed.filter((one) => one.field !== field)]
  }
}

/** A record with the fields that need a value and get none; a filtered one gets nothing anyway. */
export function withNeeded<Checked extends CheckedRow>(
  record: Checked,
  needed: (row: Row) => Needed[],
): Checked {
  const { problems, text, outcome } = record
  if (text !== undefined || outcome !== undefined) return record
  const known = new Set(problems.map(({ field }) => field))
  const found = needed(record)
    .filter(({ field }) => !known.has(field))
    .map((one): NeededPolicy => ({ ...one, policy: 'reject' }))
  return { ...record, problems: [...problems, ...found] }
}

/** The fields that need a value in a new record and are not filled, so that none can be inserted. */
export function neededUnfilled(
  { table, mapping }: Pick<Plan, 'table' | 'mapping'>,
  specification: Pick<ImportSpecification, 'operation'>,
  typing: Typing,
): string[] {
  const needs = neededValues(table, specification, typing)
  const filled = new Set(mapping.fields.map(({ name }) => name))
  return table.columns
    .filter((field) => !filled.has(field.name) && needs(field, undefined))
    .map(({ name }) => name)
}

/**
 * Whether a field needs a value where a record gives none, as the database will say: `null` is
 * written, also over a default and over what a row has; `undefined` leaves both as they are.
 */
function neededValues(
  { primaryKey }: TableInfo,
  { operation }: Pick<ImportSpecification, 'operation'>,
  typing: Typing,
): (field: ColumnInfo, value: Value | undefined) => boolean {
  const inserts = operation === 'insert' || operation === 'insert_or_update'
  const changes = inserts || operation === 'update'
  return ({ name, type, nullable, generated, defaultSql }, value) => {
    if (!changes || nullable || generated) return false
    // Where types are loose, such a key gets its number by itself.
    const isGiven =
      typing === 'loose' && type === 'integer' && primaryKey.length === 1 && primaryKey[0] === name
    if (isGiven) return false
    return value === null || (value === undefined && inserts && defaultSql === null)
  }
}
