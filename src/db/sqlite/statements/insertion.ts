import type Sqlite from 'better-sqlite3'
import type { Row, Value, WritePlan } from '../../../domain/records/record.ts'
import { defaultExpression } from '../tables/default.ts'
import { quoteName } from '../tables/tables.ts'

/** Number of rows written and, where requested, the identity of the inserted row. */
export type InsertResult = { changes: number; inserted?: Value[] | undefined }

/**
 * Inserts records: an omitted field gets the column's default, an emptied field gets NULL. Where
 * one parameter can't express both, the few records that omit a field get a statement of their own.
 */
export function openInsertion(handle: Sqlite.Database, plan: WritePlan, { or, identity }: Manner) {
  const into = `insert ${or} into ${quoteName(plan.table.name)} (${plan.fields.map(quoteName).join(', ')})`
  const slots = plan.fields.map((_, at) => slotOf(plan, at))
  const emptied = plan.fields.flatMap((_, at) => (isEmptied(plan, at) ? [at] : []))
  const kept = new Map<string, Insert>()
  const leftOut = (values: Row['values']) => emptied.filter((at) => values[at] === undefined)

  const insertFor = (left: number[]): Insert => {
    const known = kept.get(left.join())
    if (known !== undefined) return known
    const given = slots.map((slot, at) => (left.includes(at) ? defaultOf(plan, at) : slot))
    const insert = inserting(handle, `${into} values (${given.join(', ')})`, identity)
    kept.set(left.join(), insert)
    return insert
  }
  const usual = insertFor([])

  return {
    one(values: Row['values']): InsertResult {
      const left = emptied.length === 0 ? emptied : leftOut(values)
      const given = left.length === 0 ? values : values.filter((_, at) => !left.includes(at))
      const insert = left.length === 0 ? usual : insertFor(left)
      return insert(given.map((value) => value ?? null))
    },
    /** Whether the shared statement, with a value or NULL per parameter, fits the record. */
    isUsual: ({ values }: Row) => emptied.length === 0 || leftOut(values).length === 0,
    group: (size: number) =>
      handle.prepare(
        `${into} values ${Array(size)
          .fill(`(${slots.join(', ')})`)
          .join(', ')}`,
      ),
  }
}

type Insert = (values: Value[]) => InsertResult

function inserting(handle: Sqlite.Database, insert: string, identity: string[]): Insert {
  if (identity.length === 0) {
    const statement = handle.prepare(insert)
    return (values) => ({ changes: statement.run(values).changes })
  }
  const statement = handle
    .prepare<Value[], Value[]>(`${insert} returning ${identity.join(', ')}`)
    .raw(true)
    .safeIntegers(true)
  return (values) => {
    const [inserted, ...others] = statement.all(...values)
    return { changes: inserted === undefined ? 0 : 1 + others.length, inserted }
  }
}

export function slotOf(plan: WritePlan, at: number): string {
  const slot = columnOf(plan, at)?.type === 'blob' ? 'unhex(?)' : '?'
  const expression = defaultOf(plan, at)
  return expression === undefined || isEmptied(plan, at) ? slot : `coalesce(${slot}, ${expression})`
}

function isEmptied(plan: WritePlan, at: number): boolean {
  return plan.options[at]?.emptyOverwrites === true && defaultOf(plan, at) !== undefined
}

function defaultOf(plan: WritePlan, at: number): string | undefined {
  const sql = columnOf(plan, at)?.defaultSql ?? null
  return sql === null ? undefined : defaultExpression(sql)
}

function columnOf({ table, fields }: WritePlan, at: number) {
  return table.columns.find(({ name }) => name === fields[at])
}

export type Manner = {
  /** OR ABORT overrides the ON CONFLICT clauses of the table and those of its triggers. */
  or: '' | 'or abort'
  /** The columns that identify a row, where requested. */
  identity: string[]
}
