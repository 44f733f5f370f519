import { Transaction } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'

/** Runs `work` in `db` where that is a transaction, otherwise in a new one. */
export function inTransaction<Result>(
  db: Db | Trx,
  work: (trx: Trx) => Promise<Result>,
): Promise<Result> {
  return db instanceof Transaction ? work(db) : db.transaction().execute(work)
}
