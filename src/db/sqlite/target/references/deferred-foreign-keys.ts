import type Sqlite from 'better-sqlite3'
import type { Action } from '../../../../domain/reconcile/decide.ts'
import type { Value, Violation, WritePlan } from '../../../../domain/records/record.ts'
import { quoteName } from '../../tables/tables.ts'

export type DeferredReference = {
  child: string
  from: string[]
  parent: string
  to: string[]
  onDelete: string
  onUpdate: string
}
type WrittenValues = (Value | undefined)[]
type Check = (values: WrittenValues) => Violation | undefined

/** The violation of a deferred foreign key by a completed action, if any. */
export type Deferred = (action: Action) => Violation | undefined

/**
 * Deferred foreign keys, which the database checks only at commit, where one record would fail the
 * whole batch. They are checked after each record instead, so the result does not depend on the
 * batch boundaries. Undefined where there are none.
 */
export function openDeferred(handle: Sqlite.Database, plan: WritePlan): Deferred | undefined {
  const { name } = plan.table
  const references = tablesWithDeferred(handle).flatMap((child) =>
    referencesOf(handle, child, name),
  )
  const outgoing = references.filter(({ child }) => child === name)
  const incoming = references.filter(({ parent }) => isSame(parent, name))
  if (outgoing.length === 0 && incoming.length === 0) return undefined
  const lacks = outgoing.map(({ parent, to, from }) => lackOf(handle, plan, parent, to, from))
  const leaves = incoming.map((reference) => leftBy(handle, plan, reference))
  const [deletion, update] = (['onDelete', 'onUpdate'] as const).map((on) =>
    firstOf(leaves.filter((_, at) => incoming[at]?.[on] === 'NO ACTION')),
  )
  const written = firstOf(lacks)
  return (action) => {
    switch (action.kind) {
      case 'inserted':
        return written(action.values)
      case 'updated':
        return written(action.values) ?? update?.(action.found)
      case 'deleted':
        return deletion?.(action.found)
    }
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Searches the SQL of the schema, since no pragma gives this; a false match only costs time. */
function tablesWithDeferred(handle: Sqlite.Database): string[] {
  return handle
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'table' and sql is not null`,
    )
    .all()
    .filter(({ sql }) => /initially\s+deferred/i.test(sql))
    .map(({ name }) => name)
}

/** Foreign keys between the child and the table; others may lead to unusable tables. */
export function referencesOf(
  handle: Sqlite.Database,
  child: string,
  table: string,
): DeferredReference[] {
  const rows = handle
    .prepare<
      [string],
      {
        id: number
        table: string
        from: string
        to: string | null
        on_delete: string
        on_update: string
      }
    >('select * from pragma_foreign_key_list(?) order by id, seq')
    .all(child)
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((columns) => {
    const [first] = columns
    if (first === undefined || ![child, first.table].some((one) => isSame(one, table))) return []
    const primaryKey = handle
      .prepare<[string], string>('select name from pragma_table_info(?) where pk > 0 order by pk')
      .pluck()
      .all(first.table)
    return {
      child,
      from: columns.map(({ from }) => from),
      parent: first.table,
      to: columns.map(({ to }, at) => to ?? primaryKey[at] ?? ''),
      onDelete: first.on_delete,
      onUpdate: first.on_update,
    }
  })
}

/** Refuses a row whose parent row does not exist. */
function lackOf(
  handle: Sqlite.Database,
  plan: WritePlan,
  parent: string,
  to: string[],
  from: string[],
): Check {
  const given = valuesFor(plan, from)
  const find = findRow(handle, parent, to)
  const params = { detail: 'FOREIGN KEY constraint failed' }
  return (values) => {
    const wanted = given(values)
    return wanted === undefined || isThere(find, wanted)
      ? undefined
      : { field: from[0] ?? null, message: { code: 'TLY-3005', params }, isRule: true }
  }
}

/** Refuses to delete or change a key that child rows refer to. */
function leftBy(
  handle: Sqlite.Database,
  plan: WritePlan,
  { child, from, to }: DeferredReference,
): Check {
  const given = valuesFor(plan, to)
  const [find, findChild] = [findRow(handle, plan.table.name, to), findRow(handle, child, from)]
  return (found) => {
    const left = given(found)
    return left === undefined || isThere(find, left) || !isThere(findChild, left)
      ? undefined
      : { field: to[0] ?? null, message: { code: 'TLY-3012', params: {} } }
  }
}

/** A row's values in the fields; undefined where one of them is empty. */
function valuesFor({ fields }: WritePlan, names: string[]) {
  const at = names.map((name) => fields.indexOf(name))
  return (values: WrittenValues): Value[] | undefined => {
    const given = at.map((index) => values[index] ?? null)
    return given.includes(null) ? undefined : given
  }
}

function findRow(handle: Sqlite.Database, table: string, columns: string[]) {
  const where = columns.map((column) => `${quoteName(column)} = ?`).join(' and ')
  return handle.prepare<Value[]>(`select 1 from ${quoteName(table)} where ${where} limit 1`)
}

function isThere(find: Sqlite.Statement<Value[]>, values: Value[]): boolean {
  return find.get(...values) !== undefined
}

function firstOf(checks: Check[]): Check {
  return (values) => {
    for (const check of checks) {
      const violation = check(values)
      if (violation !== undefined) return violation
    }
    return undefined
  }
}
