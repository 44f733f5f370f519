import type { Db, Trx } from '../../db/store.ts'

/** Runs `work` on a read-only snapshot of the database, which blocks no writer. */
export function inSnapshot<Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  const reading = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read')
  return reading.execute(work)
}
