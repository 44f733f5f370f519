import { sql } from 'kysely'
import type { Db, Trx, WantedRow } from './store.ts'

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
