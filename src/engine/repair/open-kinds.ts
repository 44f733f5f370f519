import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { listRejectKinds, type RejectKind } from '../rejects/reject-kinds.ts'

/** A reason of rejects, and how many of its messages are about records that are still open. */
export type OpenKind = RejectKind & { open: number }

/** The reasons for which records were rejected, most frequent first, also those with nothing open. */
export async function listOpenKinds(db: Db | Trx, jobId: number): Promise<OpenKind[]> {
  const kinds = await listRejectKinds(db, jobId, { type: 'error' })
  // What is settled is counted, not what is open: most jobs have many rejects and few repairs.
  const { rows } = await sql<{ kind: number; settled: number }>`
    select reject.kind, count(*) as settled from tallyman_repair as repair
    join tallyman_reject as reject
      on reject.job_id = repair.job_id and reject.record = repair.record
    where repair.job_id = ${jobId} and repair.status in ('repaired', 'set_aside')
    group by reject.kind`.execute(db)
  const settled = new Map(rows.map((row) => [row.kind, row.settled]))
  return kinds.map((kind) => ({ ...kind, open: kind.count - (settled.get(kind.kind) ?? 0) }))
}
