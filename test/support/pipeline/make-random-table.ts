import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import { quoted, type RandomTable } from './random-exports.ts'

/** @returns whether there can be such a table; rows that it refuses are left out */
export async function makeRandomTable(
  store: Store,
  { definition, filled, rows }: RandomTable,
): Promise<boolean> {
  try {
    for (const name of ['origin', 'twin']) {
      await sql.raw(`create table ${name} ${definition}`).execute(store.db)
    }
  } catch {
    return false
  }
  const into = `insert or ignore into origin (${filled.map(quoted).join(', ')})`
  for (const row of rows) {
    await sql
      .raw(`${into} values (${row.join(', ')})`)
      .execute(store.db)
      .catch(() => undefined)
  }
  return true
}
