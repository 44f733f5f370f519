import type { Db, Trx } from '../../db/store.ts'

/** Runs `work` on the database as it is at one moment, which keeps nobody from writing. */
export function inSnapshot<Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  const reading = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read')
  return reading.execute(work)
}
