import type Sqlite from 'better-sqlite3'
import type { Value, Violation, WritePlan } from '../target.ts'
import { quoteName } from './tables.ts'

export type Reference = {
  child: string
  from: string[]
  parent: string
  to: string[]
  onDelete: string
}
type Written = (Value | undefined)[]
type Check = (values: Written) => Violation | undefined

/** What a deferred foreign key has against a row that was written, or against one that was deleted. */
export type Deferred = { written: Check; deleted: Check }

/**
 * Foreign keys that the database looks at no sooner than at the commit, when all of a batch would
 * fail with one record. They are looked at after each record instead, which also comes to the same
 * however the records fall into batches. Undefined where there are none.
 */
export function openDeferred(handle: Sqlite.Database, plan: WritePlan): Deferred | undefined {
  const { name } = plan.table
  const references = tablesWithDeferred(handle).flatMap((child) => referencesOf(handle, child))
  const outgoing = references.filter(({ child }) => child === name)
  const incoming = references.filter(
    ({ parent, onDelete }) =>
      parent.toLowerCase() === name.toLowerCase() && onDelete === 'NO ACTION',
  )
  if (outgoing.length === 0 && incoming.length === 0) return undefined
  return {
    written: firstOf(
      outgoing.map(({ parent, to, from }) => checkOf(handle, plan, parent, to, from, false)),
    ),
    deleted: firstOf(
      incoming.map(({ child, from, to }) => checkOf(handle, plan, child, from, to, true)),
    ),
  }
}

/** By the text of the schema, since nothing else tells it; one too many costs nothing but time. */
function tablesWithDeferred(handle: Sqlite.Database): string[] {
  return handle
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'table' and sql is not null`,
    )
    .all()
    .filter(({ sql }) => /initially\s+deferred/i.test(sql))
    .map(({ name }) => name)
}

export function referencesOf(handle: Sqlite.Database, child: string): Reference[] {
  const rows = handle
    .prepare<
      [string],
      { id: number; table: string; from: string; to: string | null; on_delete: string }
    >('select * from pragma_foreign_key_list(?) order by id, seq')
    .all(child)
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((columns) => {
    const [first] = columns
    if (first === undefined) return []
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
    }
  })
}

/** Whether `table` has, or has not, a row whose `columns` are what the record has in its `fields`. */
function checkOf(
  handle: Sqlite.Database,
  plan: WritePlan,
  table: string,
  columns: string[],
  fields: string[],
  isFault: boolean,
): Check {
  const at = fields.map((field) => plan.fields.indexOf(field))
  const where = columns.map((column) => `${quoteName(column)} = ?`).join(' and ')
  const find = handle.prepare(`select 1 from ${quoteName(table)} where ${where} limit 1`)
  return (values) => {
    const given = at.map((index) => values[index] ?? null)
    if (given.includes(null) || (find.get(given) !== undefined) !== isFault) return undefined
    const params = { detail: 'FOREIGN KEY constraint failed' }
    return { field: fields[0] ?? null, message: { code: 'TLY-3005', params } }
  }
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
