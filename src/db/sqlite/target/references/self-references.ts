import type Sqlite from 'better-sqlite3'
import type { Row, Value, WritePlan } from '../../../../domain/records/record.ts'
import { defaultExpression } from '../../tables/default.ts'
import { referencesOf } from './deferred-foreign-keys.ts'
import { canonicalFor } from '../../statements/seen-keys.ts'
import { slotOf } from '../../statements/insertion.ts'
import { keyBytesOf, fieldsOfBytes, type RecordKey } from '../../../../domain/reconcile/key.ts'
import { quoteName } from '../../tables/tables.ts'

export type RowEvent = 'inserted' | 'updated' | 'deleted'
type Values = Row['values']
type Columns = { from: string[]; to: string[] }

/** A table's foreign keys to itself. Undefined where it has none. */
export function openSelfReferences(handle: Sqlite.Database, plan: WritePlan) {
  const references = selfReferences(handle, plan).map((columns, at) =>
    openReference(handle, plan, columns, at),
  )
  if (references.length === 0) return undefined
  return {
    /** The id of a row that the record refers to and that does not exist. */
    missing: (kind: RowEvent, values: Values) =>
      firstOf(references, (reference) => reference.missing(kind, values)),
    /** Another row that refers to the row being deleted, or to a key that is being changed. */
    holderOf: (key: RecordKey, found: Values, values: Values | undefined) =>
      firstOf(references, (reference) => reference.holderOf(key, found, values)),
    /** The ids by which other records refer to the record's row. */
    broughtBy: (values: Values) => references.flatMap(({ brought }) => brought(values) ?? []),
  }
}

function firstOf<Each, Found>(all: Each[], find: (one: Each) => Found | undefined) {
  for (const one of all) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}

/** With the table's spelling of columns; foreign keys that do not match them are skipped. */
function selfReferences(handle: Sqlite.Database, { table }: WritePlan): Columns[] {
  const named = (names: string[]) =>
    names.flatMap(
      (name) =>
        table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ??
        [],
    )
  return referencesOf(handle, table.name, table.name)
    .filter(({ parent }) => parent.toLowerCase() === table.name.toLowerCase())
    .map(({ from, to }) => ({ from: named(from), to: named(to) }))
    .filter(({ from, to }) => from.length > 0 && from.length === to.length)
}

function openReference(handle: Sqlite.Database, plan: WritePlan, columns: Columns, number: number) {
  const areBytes = fieldsOfBytes(plan)
  const [fromAt, toAt] = [columns.from, columns.to].map((names) =>
    names.map((name) => plan.fields.indexOf(name)),
  )
  const canonical = columns.to.map((column) => canonicalFor(handle, plan, column))
  const textOf = (values: Value[]) =>
    values.includes(null)
      ? undefined
      : JSON.stringify([number, ...values.map((value, at) => canonical[at]?.(value))])
  const brought = (values: Values) =>
    textOf(
      (toAt ?? []).map((index) => {
        const value = values[index] ?? null
        return areBytes[index] ? keyBytesOf(value) : value
      }),
    )
  const absent = {
    inserted: findAbsent(handle, plan, columns, (field) => insertSlot(plan, field)),
    updated: findAbsent(handle, plan, columns, (field) => updateSlot(plan, field)),
  }
  const holders = [plan.key, plan.secondKey].map((key) => findHolder(handle, plan, columns, key))

  return {
    brought,
    missing(kind: RowEvent, values: Values): string | undefined {
      if (kind === 'deleted') return undefined
      const given = (fromAt ?? []).filter((index) => index >= 0)
      const wanted = absent[kind].get(...given.map((index) => values[index] ?? null))
      const text = wanted && textOf(wanted)
      // A row may refer to itself.
      return text === brought(values) ? undefined : text
    },
    holderOf({ which, values: key }: RecordKey, found: Values, values: Values | undefined) {
      if (values !== undefined && brought(values) === brought(found)) return undefined
      return holders[which]?.get(...key)
    },
  }
}

/** Finds the key that the record refers to, where no such row exists. */
function findAbsent(
  handle: Sqlite.Database,
  { table }: WritePlan,
  { from, to }: Columns,
  slot: (field: string) => string,
) {
  const given = to.map((_, at) => `given_${at}`)
  const isGiven = given.map((name) => `${name} is not null`).join(' and ')
  const isThere = to.map((column, at) => `${quoteName(column)} = given_${at}`).join(' and ')
  return handle
    .prepare<Value[], Value[]>(
      `with tallyman_given (${given.join(', ')}) as (select ${from.map(slot).join(', ')})
       select * from tallyman_given where ${isGiven}
         and not exists (select 1 from main.${quoteName(table.name)} where ${isThere})`,
    )
    .raw(true)
    .safeIntegers(true)
}

function insertSlot(plan: WritePlan, field: string): string {
  if (plan.fields.includes(field)) return slotOf(plan, plan.fields.indexOf(field))
  const sql = plan.table.columns.find(({ name }) => name === field)?.defaultSql ?? null
  return sql === null ? 'null' : defaultExpression(sql)
}

/** A field that the record omits keeps its value, which refers to an existing row. */
function updateSlot({ fields }: WritePlan, field: string): string {
  return fields.includes(field) ? '?' : 'null'
}

/** Finds the fields of another row that refers to the row with the key. */
function findHolder(
  handle: Sqlite.Database,
  { table, fields }: WritePlan,
  { from, to }: Columns,
  key: string[],
) {
  if (key.length === 0) return undefined
  const name = `main.${quoteName(table.name)}`
  const all = (one: (column: string, at: number) => string) => to.map(one).join(' and ')
  const refers = all((to, at) => `row.${quoteName(to)} = holder.${quoteName(from[at] ?? '')}`)
  const isSame = all((to) => `row.${quoteName(to)} = holder.${quoteName(to)}`)
  const hasKey = key.map((column) => `row.${quoteName(column)} = ?`).join(' and ')
  return handle
    .prepare<Value[], Value[]>(
      `select ${fields.map((field) => `holder.${quoteName(field)}`).join(', ')}
       from ${name} as row join ${name} as holder on ${refers}
       where ${hasKey} and not (${isSame}) limit 1`,
    )
    .raw(true)
    .safeIntegers(true)
}
