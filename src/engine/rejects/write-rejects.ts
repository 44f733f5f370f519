import type { Trx } from '../../db/store.ts'
import type { Reject } from '../../domain/records/reject.ts'
import { paramsText } from '../ground/job-row.ts'
import { countKinds } from './reject-kinds.ts'

// Every database takes 32,766 parameters in a statement; a reject has thirteen.
const ROWS_A_STATEMENT = 1_000

const NOTHING = Buffer.alloc(0)

/**
 * Stores the rejects of a batch; all messages about one record must be in the same batch. The bytes
 * of a record are stored with its first message only.
 */
export async function writeRejects(
  trx: Trx,
  jobId: number,
  rejects: Reject[],
  now: Date,
): Promise<void> {
  if (rejects.length === 0) return
  const at = now.toISOString()
  const kindOf = await countKinds(trx, jobId, rejects)
  const seqs = new Map<number, number>()
  const rows = rejects.map((reject) => {
    const seq = seqs.get(reject.record) ?? 0
    seqs.set(reject.record, seq + 1)
    const { record, line, offset, connector, type, field, code, params } = reject
    const raw = seq === 0 ? reject.raw : NOTHING
    const message = { type, field, code, params: paramsText(params), raw }
    const kind = kindOf(reject)
    return { job_id: jobId, seq, kind, at, record, line, offset, connector, ...message }
  })
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const piece = rows.slice(from, from + ROWS_A_STATEMENT)
    await trx.insertInto('tallyman_reject').values(piece).execute()
  }
}
