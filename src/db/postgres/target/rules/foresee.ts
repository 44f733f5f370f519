import type { PoolClient } from 'pg'
import { isSessionOver, serverError } from '../../ground/sql-state.ts'
import type { CatalogColumn } from '../../tables/read-columns.ts'
import { arrayOf } from './array-of.ts'
import type { TableRule } from './read-rules.ts'
import {
  columnsTaken,
  ruleQuery,
  rulesFor,
  type GivenRecords,
  type RuleFinding,
  type RulesFor,
} from './rule-query.ts'

/** Why a record will be refused. */
export type BrokenRule = {
  /** The rule that the server would name. */
  rule: TableRule
  /** Of a reference: what the parent table lacks. */
  values: string
  /** Unique indexes with another row that has the record's values. */
  taken: TableRule[]
}

/** Records in their order, as texts of a column in the server's format. */
export type TextsOf = (column: CatalogColumn) => (string | null)[]

/**
 * The records, by index, that the table's rules will refuse, found by one query. Whoever writes the
 * others may still meet an error, since some rules are known to the server alone. Undefined where
 * the query has nothing to look at, or fails.
 */
export async function foreseeRefused(
  client: PoolClient,
  rules: TableRule[],
  given: GivenRecords,
  textsOf: TextsOf,
): Promise<Map<number, BrokenRule> | undefined> {
  const applied = rulesFor(rules, given)
  if (Object.values(applied).every((some) => some.length === 0)) return undefined
  const texts = columnsTaken(applied, given).map((column) => arrayOf(column, textsOf(column)))
  const findings = await found(client, ruleQuery(applied, given, texts))
  return findings && brokenBy(applied, findings)
}

const [BEGIN, END, UNDO] = [
  'savepoint tallyman_look; ',
  '; release savepoint tallyman_look',
  'rollback to savepoint tallyman_look; release savepoint tallyman_look',
]

/** In one round trip with its savepoint: there is one such query for each chunk. */
async function found(client: PoolClient, query: string): Promise<RuleFinding[] | undefined> {
  // A statement can't have such a sign; as a value, it is refused when it is written.
  if (query.includes('\0')) return undefined
  try {
    const text = `${BEGIN}${query}${END}`
    const results = [await client.query<RuleFinding>({ text, rowMode: 'array' })].flat()
    return results.flatMap(({ rows }) => rows)
  } catch (error) {
    if (isSessionOver(error)) throw error
    // What was sent before failed, and its sender will undo it: the savepoint was not begun.
    if (serverError(error)?.code === '25P02') return undefined
    // A value that its type does not take, a right that is missing: writing will tell.
    await client.query(UNDO)
    return undefined
  }
}

/**
 * In the order of the records: one that is refused keeps no later one out. Every record that has the
 * values of an earlier one is among the findings.
 */
function brokenBy(
  { conditions, uniques, references }: RulesFor,
  findings: RuleFinding[],
): Map<number, BrokenRule> {
  const broken = new Map<number, BrokenRule>()
  const numbers = new Set(findings.map(([n]) => n))
  /** By unique index and the first record with the values: whether the table will have them. */
  const known = new Map<string, boolean>()

  for (const [n, condition, ...told] of findings) {
    const groups = uniques.map((unique, at) => {
      const [isThere, first] = [told[2 * at] === true, Number(told[2 * at + 1] ?? n)]
      const name = `${at} ${first}`
      return { unique, name, isTaken: isThere || (known.get(name) ?? !numbers.has(first)) }
    })
    const taken = groups.flatMap(({ unique, isTaken }) => (isTaken ? [unique] : []))
    const missing = told.slice(2 * uniques.length)
    const absent = missing.findIndex((values) => values !== null)
    const rule = conditions[condition ?? -1] ?? taken[0] ?? references[absent]
    for (const { name, isTaken } of groups) known.set(name, isTaken || rule === undefined)
    if (rule !== undefined)
      broken.set(n - 1, { rule, values: String(missing[absent] ?? ''), taken })
  }
  return broken
}
