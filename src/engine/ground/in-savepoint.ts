import { sql } from 'kysely'
import type { Trx } from '../../db/store.ts'

/** Runs `work` in a savepoint: its error undoes it alone, and the transaction goes on. */
export async function inSavepoint<Result>(trx: Trx, work: () => Promise<Result>): Promise<Result> {
  await sql`savepoint tallyman_work`.execute(trx)
  try {
    const result = await work()
    await sql`release savepoint tallyman_work`.execute(trx)
    return result
  } catch (error) {
    await sql`rollback to savepoint tallyman_work`.execute(trx)
    throw error
  }
}
