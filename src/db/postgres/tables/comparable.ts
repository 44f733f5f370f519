import { sql } from 'kysely'
import type { FieldAgainst } from '../../../domain/records/rows-wanted.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Db, Trx } from '../../store.ts'
import { sqlNameOf } from '../ground/find-table.ts'
import { isRefusal, serverError } from '../ground/sql-state.ts'

const NO_OPERATOR = '42883'

/** Only the server knows the values of types such as uuid and inet, and which are compared at all. */
export async function requireComparable(
  db: Db | Trx,
  name: string,
  { field, value }: FieldAgainst,
): Promise<void> {
  const from = sql.raw(await sqlNameOf(db, name))
  try {
    await sql`select 1 from ${from} where ${sql.id(field)} = ${value} limit 0`.execute(db)
  } catch (error) {
    if (!isRefusal(error) && serverError(error)?.code !== NO_OPERATOR) throw error
    const told = shorten(String(value))
    throw new UnusableError({ problem: 'no_value_of_field', field, value: told })
  }
}
