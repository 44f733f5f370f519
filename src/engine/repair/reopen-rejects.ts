import { sql } from 'kysely'
import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { MASK } from '../../domain/records/mask.ts'
import { writeJournal } from '../ground/journal.ts'
import { correctionAt } from './corrections.ts'
import { addToCounts } from './repair-counts.ts'

type LinkedJob = Pick<Job, 'id' | 'repair_of' | 'is_masked'>

const RECORDS_A_STATEMENT = 1_000

/**
 * What a linked job rejects again is open again in the first job, as it was corrected. Part of the
 * transaction that stores the batch.
 */
export async function reopenRejected(
  trx: Trx,
  { id, repair_of, is_masked }: LinkedJob,
  records: number[],
): Promise<void> {
  if (repair_of === null || records.length === 0) return
  let count = 0
  for (let at = 0; at < records.length; at += RECORDS_A_STATEMENT) {
    const piece = records.slice(at, at + RECORDS_A_STATEMENT)
    const where = sql`record in (${sql.join(piece)})`
    count += await reopen(trx, { id, first: repair_of, isMasked: is_masked }, where)
  }
  if (count > 0) await addToCounts(trx, repair_of, { repaired: -count })
}

/**
 * What a linked job will never process is open again in the first job: it was cancelled, or it is
 * deleted before it came so far.
 */
async function reopenUnprocessed(trx: Trx, job: Job): Promise<void> {
  const { id, repair_of, is_masked, checkpoint } = job
  if (repair_of === null || job.status === 'finished') return
  const last = await correctionAt(trx, id, checkpoint?.record ?? 0)
  const where = sql`(record > ${last} or record in
    (select postponed.record from tallyman_postponed as postponed where postponed.job_id = ${id}))`
  const count = await reopen(trx, { id, first: repair_of, isMasked: is_masked }, where)
  if (count > 0) await addToCounts(trx, repair_of, { repaired: -count })
}

/**
 * Tells the first job, if there still is one, what became of the rejects that a linked job took, once
 * that is final.
 */
export async function settleRepair(
  trx: Trx,
  job: Job,
  by: { actor: string; now: Date },
): Promise<void> {
  const { id, repair_of } = job
  if (repair_of === null) return
  await reopenUnprocessed(trx, job)
  if (job.is_masked) await forgetCorrections(trx, id)
  // Locks the first job before its journal is written.
  if (!(await addToCounts(trx, repair_of, {}))) return
  const { rows } = await sql<{ repaired: number; taken: number }>`
    select (select count(*) from tallyman_repair where job_id = ${repair_of}
              and status = 'repaired' and repaired_by_job = ${id}) as repaired,
           (select count(*) from tallyman_correction where job_id = ${id}) as taken`.execute(trx)
  const { repaired = 0, taken = 0 } = rows[0] ?? {}
  const params = { job: String(id), repaired, open: taken - repaired }
  await writeJournal(trx, repair_of, { code: 'TLY-1061', params }, by)
}

/** A job that is over needs its records no more, and they may have sensitive values. */
async function forgetCorrections(trx: Trx, id: number): Promise<void> {
  const raw = Buffer.from(MASK)
  await trx.updateTable('tallyman_correction').set({ raw }).where('job_id', '=', id).execute()
}

async function reopen(
  trx: Trx,
  { id, first, isMasked }: { id: number; first: number; isMasked: boolean },
  where: ReturnType<typeof sql>,
): Promise<number> {
  // Sensitive values are kept nowhere but in the linked job.
  const raw = isMasked
    ? sql`null`
    : sql`(select correction.raw from tallyman_correction as correction
           where correction.job_id = ${id} and correction.record = tallyman_repair.record)`
  const { numAffectedRows } = await sql`
    update tallyman_repair
    set status = 'open', repaired_by_job = null, raw = ${raw}
    where job_id = ${first} and status = 'repaired' and repaired_by_job = ${id}
      and ${where}`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
