import { sql } from 'kysely'
import type { Db, Trx } from './store.ts'
import type { Value, WantedRow } from '../domain/records/record.ts'
import type { FieldCondition, RowFilter, RowsWanted } from '../domain/records/rows-wanted.ts'

/** How a kind of database writes a name, and a value: as a parameter or as a literal. */
export type FilterSql = { name(field: string): string; value(value: Value, field: string): string }

/** The filter as an SQL expression, each value written once for each place where it stands. */
export function filterSql({ kind, of }: RowFilter, sql: FilterSql): string {
  if (of.length === 0) return kind === 'all' ? '1 = 1' : '1 = 0'
  const parts = of.map((part) =>
    part.kind === 'condition' ? conditionSql(part, sql) : filterSql(part, sql),
  )
  return `(${parts.join(kind === 'all' ? ' and ' : ' or ')})`
}

const COMPARISONS = {
  is: '=',
  less: '<',
  at_most: '<=',
  more: '>',
  at_least: '>=',
} as const

/** Texts are compared as they are written, with case; only functions that all databases have. */
function conditionSql({ field, operator, value }: FieldCondition, sql: FilterSql): string {
  const name = sql.name(field)
  const text = `cast(${name} as text)`
  switch (operator) {
    case 'is_empty':
      return `(${name} is null or ${text} = '')`
    case 'is_filled':
      return `(${name} is not null and ${text} <> '')`
    case 'is_not':
      return `(${name} is null or ${name} <> ${sql.value(value, field)})`
    case 'contains':
      return `replace(${text}, ${sql.value(value, field)}, '') <> ${text}`
    case 'begins_with':
      return `substr(${text}, 1, length(${sql.value(value, field)})) = ${sql.value(value, field)}`
    case 'ends_with': {
      const start = `length(${text}) - length(${sql.value(value, field)}) + 1`
      return `(length(${text}) >= length(${sql.value(value, field)}) and substr(${text}, ${start}) = ${sql.value(value, field)})`
    }
    default:
      return `${name} ${COMPARISONS[operator]} ${sql.value(value, field)}`
  }
}

export function orderSql({ order }: Pick<RowsWanted, 'order'>, name: FilterSql['name']): string {
  return order.map(({ field, direction }) => `${name(field)} ${direction}`).join(', ')
}

/**
 * The reading as a statement for people, with its values in place.
 * @param table.from its name in SQL
 * @param table.booleans its fields of that type, whose numbers PostgreSQL takes as texts alone
 */
export function wantedSql(
  { from, booleans }: { from: string; booleans: string[] },
  columns: string[],
  wanted: RowsWanted,
): string {
  const name = (text: string) => `"${text.replaceAll('"', '""')}"`
  const value = (one: Value, field: string) =>
    (typeof one === 'number' || typeof one === 'bigint') && !booleans.includes(field)
      ? String(one)
      : `'${String(one).replaceAll("'", "''")}'`
  const { filter, order, most } = wanted
  return [
    `select ${columns.map(name).join(', ')}`,
    `from ${from}`,
    ...(filter === null ? [] : [`where ${filterSql(filter, { name, value })}`]),
    ...(order.length === 0 ? [] : [`order by ${orderSql(wanted, name)}`]),
    ...(most === null ? [] : [`limit ${most}`]),
  ].join('\n')
}

/** Reads one row by the values of some columns. `from` is the table in SQL. */
export async function findRow(
  db: Db | Trx,
  from: string,
  { columns, where }: WantedRow,
): Promise<(string | null)[] | undefined> {
  const cells = columns.map(
    (name, at) => sql`cast(${sql.ref(name)} as text) as ${sql.ref(`c${at}`)}`,
  )
  const conditions = where.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`)
  const { rows } = await sql<Record<string, string | null>>`
    select ${sql.join(cells)} from ${sql.raw(from)}
    where ${sql.join(conditions, sql` and `)} limit 1`.execute(db)
  const [row] = rows
  return row && columns.map((_, at) => row[`c${at}`] ?? null)
}
