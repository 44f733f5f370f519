import type Sqlite from 'better-sqlite3'
import type { Row, Value, WritePlan } from '../target.ts'
import { quoteName } from './tables.ts'

/** Values that one statement takes. It gains nothing from more, and loses where they are hundreds. */
const GROUP_VALUES = 100

export type Key = { which: 0 | 1; values: Value[] }
export type Statements = ReturnType<typeof prepareStatements>

/** The statements of one plan, prepared once. Names come from the described table only. */
export function prepareStatements(handle: Sqlite.Database, plan: WritePlan) {
  const table = quoteName(plan.table.name)
  const names = plan.fields.map(quoteName)
  const into = `insert into ${table} (${names.join(', ')}) values `
  const slots = `(${plan.fields.map((field) => slotOf(plan, field)).join(', ')})`
  const insertOne = handle.prepare(into + slots)
  const keys = [plan.key, plan.secondKey].map((key) => ({
    at: key.map((field) => plan.fields.indexOf(field)),
    where: key.map((field) => `${quoteName(field)} = ?`).join(' and '),
  }))
  const byKey = keys.map(({ at, where }) =>
    at.length === 0
      ? undefined
      : {
          at,
          find: handle
            .prepare<Value[], Value[]>(
              `select ${names.join(', ')} from ${table} where ${where} limit 2`,
            )
            .raw(true)
            .safeIntegers(true),
          update: handle.prepare(
            `update ${table} set ${names.map((name) => `${name} = ?`).join(', ')} where ${where}`,
          ),
          delete: handle.prepare(`delete from ${table} where ${where}`),
        },
  )
  const [first, second] = byKey
  const areBytes = fieldsOfBytes(plan)

  return {
    /** The key that serves the record, 'empty' where it has none, undefined where the plan has none. */
    keyOf(row: Row): Key | 'empty' | undefined {
      if (first === undefined) return undefined
      return (
        readKey(row, first.at, 0, areBytes) ??
        readKey(row, second?.at ?? [], 1, areBytes) ??
        'empty'
      )
    },
    find(key: Key): Value[] | 'several' | undefined {
      const rows: Value[][] = byKey[key.which]?.find.all(...key.values) ?? []
      return rows.length > 1 ? 'several' : rows[0]
    },
    /** @returns what was written */
    insert(row: Row): Row['values'] {
      insertOne.run(row.values.map((value) => value ?? null))
      return row.values
    },
    update(values: Value[], key: Key): void {
      byKey[key.which]?.update.run([...values, ...key.values])
    },
    delete(key: Key): void {
      byKey[key.which]?.delete.run(key.values)
    },
    group: canGroup(plan) ? groupOf(handle, plan, into, slots, first?.at ?? []) : undefined,
  }
}

/** For each field of the plan, whether its records bring hexadecimal digits that stand for bytes. */
export function fieldsOfBytes({ table, fields }: WritePlan): boolean[] {
  return fields.map((field) => table.columns.find(({ name }) => name === field)?.type === 'blob')
}

export function bytesOf(value: Value): Value {
  return typeof value === 'string' ? Buffer.from(value, 'hex') : value
}

/** A record that leaves a field out gets the column's own default. */
export function slotOf({ table }: WritePlan, field: string): string {
  const { type, defaultSql = null } = table.columns.find(({ name }) => name === field) ?? {}
  const slot = type === 'blob' ? 'unhex(?)' : '?'
  return defaultSql === null ? slot : `coalesce(${slot}, ${defaultSql})`
}

function readKey(row: Row, at: number[], which: 0 | 1, areBytes: boolean[]): Key | undefined {
  const values: Value[] = []
  for (const index of at) {
    const value = row.values[index]
    if (value === undefined || value === null) return undefined
    values.push(areBytes[index] ? bytesOf(value) : value)
  }
  return values.length === 0 ? undefined : { which, values }
}

/** Only where a key that is there already makes the whole statement fail may records go in unseen. */
function canGroup({ table, key, secondKey, operation, doubles, duplicates }: WritePlan): boolean {
  const isUnique = table.unique.some(
    (list) => list.length === key.length && list.every((column) => key.includes(column)),
  )
  const inserts = operation === 'insert' || operation === 'insert_or_update'
  const remembers = doubles !== 'update' || duplicates !== 'update'
  return inserts && (key.length === 0 || (isUnique && secondKey.length === 0 && !remembers))
}

function groupOf(
  handle: Sqlite.Database,
  plan: WritePlan,
  into: string,
  slots: string,
  keyAt: number[],
) {
  const width = plan.fields.length
  const size = Math.max(1, Math.floor(GROUP_VALUES / width))
  const statement = handle.prepare(into + Array.from({ length: size }, () => slots).join(', '))
  const parameters: Value[] = Array.from({ length: size * width }, () => null)

  return {
    size,
    /** Whether the rows from `at` on can go in as a group: one without a key is looked at alone. */
    fit(rows: Row[], at: number): boolean {
      for (let row = at; row < at + size; row++) {
        const values = rows[row]?.values
        if (keyAt.some((index) => (values?.[index] ?? null) === null)) return false
      }
      return true
    },
    insert(rows: Row[], at: number): void {
      let slot = 0
      for (let row = at; row < at + size; row++) {
        const values = rows[row]?.values
        for (let index = 0; index < width; index++) parameters[slot++] = values?.[index] ?? null
      }
      // As arguments: of an array each value would be looked up as a property.
      statement.run(...parameters)
    },
  }
}
