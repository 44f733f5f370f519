import type Sqlite from 'better-sqlite3'
import type { Row, Value, WritePlan } from '../../../domain/records/record.ts'
import { comparisonBy, keepsKinds } from './comparison.ts'
import type { Action } from '../../../domain/reconcile/decide.ts'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import { openInsertion, type InsertResult, type Manner } from './insertion.ts'
import { quoteName } from '../tables/tables.ts'

/** Maximum number of values per statement. More gain nothing, and hundreds cost time. */
const GROUP_VALUES = 100

export type Statements = ReturnType<typeof prepareStatements>

/** The prepared statements of a plan. Identifiers come only from the described table. */
export function prepareStatements(
  handle: Sqlite.Database,
  plan: WritePlan,
  { or = '', identity = [] }: Partial<Manner> = {},
) {
  const table = quoteName(plan.table.name)
  const names = plan.fields.map(quoteName)
  const insertion = inserts(plan) ? openInsertion(handle, plan, { or, identity }) : undefined
  const keys = [plan.key, plan.secondKey].map((key) => ({
    at: key.map((field) => plan.fields.indexOf(field)),
    ...comparisonBy(plan, key),
  }))
  const byKey = keys.map(({ at, where, bindings }) =>
    at.length === 0
      ? undefined
      : {
          at,
          bindings,
          find: handle
            .prepare<Value[], Value[]>(
              `select ${names.join(', ')} from ${table} where ${where} limit 2`,
            )
            .raw(true)
            .safeIntegers(true),
          update: updates(plan)
            ? handle.prepare(
                `update ${or} ${table} set ${names.map((name) => `${name} = ?`).join(', ')} where ${where}`,
              )
            : undefined,
          delete:
            plan.operation === 'delete'
              ? handle.prepare(`delete from ${table} where ${where}`)
              : undefined,
          identify:
            identity.length === 0
              ? undefined
              : handle
                  .prepare<Value[], Value[]>(
                    `select ${identity.join(', ')} from ${table} where ${where}`,
                  )
                  .raw(true)
                  .safeIntegers(true),
        },
  )
  const [first] = byKey
  const bindingsOf = ({ which, values }: RecordKey) => byKey[which]?.bindings(values) ?? []

  return {
    find(key: RecordKey): Value[] | 'several' | undefined {
      const rows: Value[][] = byKey[key.which]?.find.all(...bindingsOf(key)) ?? []
      return rows.length > 1 ? 'several' : rows[0]
    },
    /** The identity of the row that `find` finds, where requested. */
    identify: (key: RecordKey): Value[] | undefined =>
      byKey[key.which]?.identify?.get(...bindingsOf(key)),
    run(action: Action): InsertResult {
      const { kind, key, values } = action
      if (kind === 'inserted') return insertion?.one(values) ?? NOTHING
      const by = byKey[key.which]
      return kind === 'updated'
        ? (by?.update?.run(...values, ...bindingsOf(key)) ?? NOTHING)
        : (by?.delete?.run(...bindingsOf(key)) ?? NOTHING)
    },
    group: insertion && canGroup(plan) ? groupOf(insertion, plan, first?.at ?? []) : undefined,
  }
}

const NOTHING: InsertResult = { changes: 0 }

/** Only inserts that the operation may need are prepared: a trigger may make others fail. */
function inserts({ operation }: WritePlan): boolean {
  return operation === 'insert' || operation === 'insert_or_update'
}

function updates({ operation, doubles, duplicates }: WritePlan): boolean {
  if (operation === 'insert') return doubles === 'update' || duplicates === 'update'
  return operation === 'update' || operation === 'insert_or_update'
}

/** Records may be inserted unseen only where an existing key fails the whole statement. */
function canGroup({ table, key, secondKey, doubles, duplicates }: WritePlan): boolean {
  const isUnique = table.unique.some(
    (list) => list.length === key.length && list.every((column) => key.includes(column)),
  )
  // A row with the same key as another type may exist, which no unique constraint detects.
  const keeps = table.columns.some((column) => key.includes(column.name) && keepsKinds(column))
  const remembers = doubles !== 'update' || duplicates !== 'update'
  return key.length === 0 || (isUnique && !keeps && secondKey.length === 0 && !remembers)
}

function groupOf(
  insertion: ReturnType<typeof openInsertion>,
  { fields }: WritePlan,
  keyAt: number[],
) {
  const width = fields.length
  const size = Math.max(1, Math.floor(GROUP_VALUES / width))
  const statement = insertion.group(size)
  const parameters: Value[] = Array.from({ length: size * width }, () => null)

  return {
    size,
    /** Whether the rows from `at` on can form a group; a row without a key is handled alone. */
    fit(rows: Row[], at: number): boolean {
      for (let row = at; row < at + size; row++) {
        const one = rows[row]
        if (one === undefined || one.unfit !== undefined) return false
        if (!insertion.isUsual(one)) return false
        if (keyAt.some((index) => (one.values[index] ?? null) === null)) return false
      }
      return true
    },
    /** @returns the number of rows written */
    insert(rows: Row[], at: number): number {
      let slot = 0
      for (let row = at; row < at + size; row++) {
        const values = rows[row]?.values
        for (let index = 0; index < width; index++) parameters[slot++] = values?.[index] ?? null
      }
      // Spread as arguments: better-sqlite3 reads an array value by value as properties.
      return statement.run(...parameters).changes
    },
  }
}
