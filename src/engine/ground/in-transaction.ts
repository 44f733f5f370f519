import { Transaction } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'

/** Runs `work` in the transaction that `db` is, or in one of its own. */
export function inTransaction<Result>(
  db: Db | Trx,
  work: (trx: Trx) => Promise<Result>,
): Promise<Result> {
  return db instanceof Transaction ? work(db) : db.transaction().execute(work)
}
