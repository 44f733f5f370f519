import type { Db, Trx } from '../../db/store.ts'
import type { StoredReject } from '../../domain/records/reject.ts'
import type { RejectFilter } from '../rejects/reject-kinds.ts'
import { iterateRejects } from '../rejects/reject-stream.ts'

const RECORDS_AT_ONCE = 1_000

/** Yields the rejects of a job that are neither repaired nor set aside, in the order of the source. */
export async function* iterateOpenRejects(
  db: Db | Trx,
  jobId: number,
  filter: RejectFilter,
): AsyncGenerator<StoredReject> {
  let settled = new Set<number>()
  let upTo = 0
  for await (const reject of iterateRejects(db, jobId, filter)) {
    if (reject.record > upTo) {
      const records = await settledFrom(db, jobId, reject.record)
      settled = new Set(records)
      upTo = records.length < RECORDS_AT_ONCE ? Infinity : (records.at(-1) ?? Infinity)
    }
    if (!settled.has(reject.record)) yield reject
  }
}

async function settledFrom(db: Db | Trx, jobId: number, record: number): Promise<number[]> {
  const rows = await db
    .selectFrom('tallyman_repair')
    .select('record')
    .where('job_id', '=', jobId)
    .where('record', '>=', record)
    .where('status', 'in', ['repaired', 'set_aside'])
    .orderBy('record')
    .limit(RECORDS_AT_ONCE)
    .execute()
  return rows.map((row) => row.record)
}
