import { sql } from 'kysely'
import type { ListedValues } from '../../domain/records/table.ts'
import type { Db, Trx } from '../store.ts'

/** A foreign key; both names of tables are in SQL, `referred` are the columns of the parent. */
export type ForeignKey = { columns: string[]; parent: string; referred: string[] }

/** How many rows of a parent are asked for. */
const MOST_ROWS = 5

/**
 * By column, the first values that each foreign key may have: those in the same place belong
 * together. Of a foreign key that has all columns of one of `keys`, only those of rows that no row of
 * the table refers to.
 * @param child the table in SQL
 */
export async function referredValues(
  db: Db | Trx,
  child: string,
  { foreignKeys, keys }: { foreignKeys: ForeignKey[]; keys: string[][] },
): Promise<ListedValues> {
  const found: ListedValues = new Map()
  for (const foreignKey of foreignKeys) {
    const { columns } = foreignKey
    const isKey = keys.some((key) => key.length > 0 && key.every((name) => columns.includes(name)))
    const rows = await rowsOf(db, child, foreignKey, isKey)
    columns.forEach((name, at) => {
      if (!found.has(name))
        found.set(
          name,
          rows.map((row) => row[`c${at}`] ?? ''),
        )
    })
  }
  return found
}

async function rowsOf(
  db: Db | Trx,
  child: string,
  { columns, parent, referred }: ForeignKey,
  isKey: boolean,
) {
  const cells = referred.map(
    (name, at) => sql`cast(${sql.ref(name)} as text) as ${sql.ref(`c${at}`)}`,
  )
  const filled = referred.map((name) => sql`${sql.ref(name)} is not null`)
  const same = columns.map((name, at) => sql`c.${sql.ref(name)} = p.${sql.ref(referred[at] ?? '')}`)
  const free = sql`not exists (select 1 from ${sql.raw(child)} as c where ${sql.join(same, sql` and `)})`
  const conditions = isKey ? [...filled, free] : filled
  const { rows } = await sql<Record<string, string>>`
    select ${sql.join(cells)} from ${sql.raw(parent)} as p
    where ${sql.join(conditions, sql` and `)} limit ${MOST_ROWS}`.execute(db)
  return rows
}
