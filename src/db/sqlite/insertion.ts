import type Sqlite from 'better-sqlite3'
import type { Row, WritePlan } from '../target.ts'
import { defaultExpression } from './default.ts'
import { quoteName } from './tables.ts'

/**
 * Inserts records: one that leaves a field out gets the column's own default, one that empties it
 * gets NULL. Where a slot can't tell the two, those few that leave the field out have a statement
 * of their own.
 */
export function openInsertion(handle: Sqlite.Database, plan: WritePlan) {
  const into = `insert into ${quoteName(plan.table.name)} (${plan.fields.map(quoteName).join(', ')})`
  const slots = plan.fields.map((_, at) => slotOf(plan, at))
  const emptied = plan.fields.flatMap((_, at) => (isEmptied(plan, at) ? [at] : []))
  const kept = new Map<string, Sqlite.Statement>()
  const leftOut = ({ values }: Row) => emptied.filter((at) => values[at] === undefined)

  const statementFor = (left: number[]): Sqlite.Statement => {
    const known = kept.get(left.join())
    if (known !== undefined) return known
    const given = slots.map((slot, at) => (left.includes(at) ? defaultOf(plan, at) : slot))
    const statement = handle.prepare(`${into} values (${given.join(', ')})`)
    kept.set(left.join(), statement)
    return statement
  }
  const usual = statementFor([])

  return {
    one(row: Row): void {
      const left = emptied.length === 0 ? emptied : leftOut(row)
      const given =
        left.length === 0 ? row.values : row.values.filter((_, at) => !left.includes(at))
      const statement = left.length === 0 ? usual : statementFor(left)
      statement.run(given.map((value) => value ?? null))
    },
    /** Whether the statement of the others, with a value or NULL for each slot, says what it means. */
    isUsual: (row: Row) => emptied.length === 0 || leftOut(row).length === 0,
    group: (size: number) =>
      handle.prepare(
        `${into} values ${Array(size)
          .fill(`(${slots.join(', ')})`)
          .join(', ')}`,
      ),
  }
}

function slotOf(plan: WritePlan, at: number): string {
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
