import type { Db, Trx } from '../../db/store.ts'
import type { JobStatus } from '../../domain/states/status.ts'

/** What became of a reject that is no longer open. */
export type RejectFate =
  | { kind: 'set_aside'; reason: string; by: string; at: string }
  /** By a linked job; without a status, that is deleted. */
  | { kind: 'repaired'; job: number; status: JobStatus | undefined }

/** Undefined where it is open. */
export async function fateOfReject(
  db: Db | Trx,
  jobId: number,
  record: number,
): Promise<RejectFate | undefined> {
  const row = await db
    .selectFrom('tallyman_repair as repair')
    .leftJoin('tallyman_job as linked', 'linked.id', 'repair.repaired_by_job')
    .select(['repair.status as kind', 'repair.reason', 'repair.by', 'repair.at'])
    .select(['repair.repaired_by_job as job', 'linked.status'])
    .where('repair.job_id', '=', jobId)
    .where('repair.record', '=', record)
    .executeTakeFirst()
  if (row?.kind === 'set_aside') {
    return { kind: row.kind, reason: row.reason ?? '', by: row.by, at: row.at }
  }
  return row?.kind === 'repaired' && row.job !== null
    ? { kind: row.kind, job: row.job, status: row.status ?? undefined }
    : undefined
}
