import type { Db, Trx } from '../../db/store.ts'
import type { Correction } from '../../domain/records/correction.ts'

type Place = Pick<Correction, 'line' | 'offset'>

/** Of these records, at most a thousand, those that the job rejected, with their places. */
export async function rejectedAmong(
  db: Db | Trx,
  jobId: number,
  records: number[],
): Promise<Map<number, Place>> {
  if (records.length === 0) return new Map()
  const rows = await db
    .selectFrom('tallyman_reject')
    .select(['record', 'line', 'offset'])
    .where('job_id', '=', jobId)
    .where('record', 'in', records)
    // A record with mere warnings went in.
    .where('type', '=', 'error')
    .execute()
  return new Map(rows.map(({ record, line, offset }) => [record, { line, offset }]))
}
