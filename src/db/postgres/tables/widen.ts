import { sql } from 'kysely'
import type { Trx, WiderTable } from '../../store.ts'
import { quoteName } from '../ground/names.ts'
import { TYPE_NAMES } from './create.ts'
import { findTable } from '../ground/find-table.ts'
import { readColumns } from './read-columns.ts'

/** @see Tables.widen: here the server itself rewrites the rows. */
export async function widenTable(trx: Trx, { table, columns, rows }: WiderTable): Promise<boolean> {
  const found = await findTable(trx, table)
  if (found === undefined || found.kind !== 'r') return false
  await sql.raw(`lock table ${found.sql} in access exclusive mode`).execute(trx)
  if (await isUsed(trx, found.id, found.sql, rows)) return false

  const known = await readColumns(trx, found.id)
  const made = Object.values(TYPE_NAMES)
  if (!known.every(({ declared }) => made.includes(declared))) return false
  // The texts of its instants are not known any more.
  const names = columns.map(({ name }) => name)
  if (known.some(({ name, type }) => type === 'timestamptz' && names.includes(name))) return false
  const changes = columns.map(({ name, type }) => {
    const column = quoteName(name)
    return `alter column ${column} type ${TYPE_NAMES[type]} using ${column}::${TYPE_NAMES[type]}`
  })
  await sql.raw(`alter table ${found.sql} ${changes.join(', ')}`).execute(trx)
  return true
}

/** Whether triggers, foreign keys, rules, views or other rows use it. */
async function isUsed(trx: Trx, id: number, name: string, rows: number): Promise<boolean> {
  const used = await sql<{ count: number }>`
    select (select count(*) from pg_trigger where tgrelid = ${id} and not tgisinternal)
         + (select count(*) from pg_constraint where confrelid = ${id} or (conrelid = ${id} and contype = 'f'))
         + (select count(*) from pg_depend where refobjid = ${id} and classid = 'pg_rewrite'::regclass)
      as count`.execute(trx)
  if (used.rows[0]?.count !== 0) return true
  const counted = await sql<{ count: number }>`
    select count(*) as count from ${sql.raw(name)}`.execute(trx)
  return counted.rows[0]?.count !== rows
}
