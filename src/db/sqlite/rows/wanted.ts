import type Sqlite from 'better-sqlite3'
import type { Value } from '../../../domain/records/record.ts'
import type { ReadPlan } from '../../export-rows.ts'
import { filterSql } from '../../row-filter.ts'
import { quoteName } from '../tables/tables.ts'

/** A condition in SQL, and its parameters. */
export type Where = { sql: string; parameters: Value[] }

export const EVERY: Where = { sql: 'true', parameters: [] }

export function whereOf({ wanted: { filter } }: Pick<ReadPlan, 'wanted'>): Where {
  if (filter === null) return EVERY
  const parameters: Value[] = []
  const value = (one: Value) => {
    parameters.push(one)
    return '?'
  }
  return { sql: filterSql(filter, { name: quoteName, value }), parameters }
}

export function countWanted(handle: Sqlite.Database, plan: ReadPlan): number {
  const { sql, parameters } = whereOf(plan)
  const from = `main.${quoteName(plan.table.name)}`
  const count = handle.prepare<Value[], number>(`select count(*) from ${from} where ${sql}`)
  return Math.min(count.pluck().get(...parameters) ?? 0, plan.wanted.most ?? Infinity)
}
