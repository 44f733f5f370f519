import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { DatabaseProblem } from '../../db/problem-codes.ts'
import { BatchLostError } from '../../domain/words/errors.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import { writeJournal } from '../ground/journal.ts'
import { claimLost } from '../ground/conflict.ts'
import { writeChanges } from '../ground/changes.ts'
import { takeSample } from '../ground/samples.ts'
import { writeRejects } from '../rejects/write-rejects.ts'
import { reopenRejected } from '../repair/reopen-rejects.ts'

export type Hold = {
  jobId: number
  claim: string
  /** How many batches the job has by what its worker knows. */
  batches?: number | undefined
}

/** A batch with the claim and worker that report it. */
export type BatchReport = Hold &
  Batch & {
    now: Date
    worker: string
    /** Milliseconds that the job has run, including its earlier runs. */
    ranMs: number
  }

/**
 * The first statement of a batch's transaction: checks the claim, so that a worker that lost its
 * job begins nothing, and returns the status, which shows what operators asked for meanwhile.
 * `commitBatch` checks it again and locks the job, for the moment of the commit alone: until then
 * nobody waits for the batch.
 * @throws ClaimLostError
 * @throws BatchLostError where a crash of the server took the batch before, which it had committed
 */
export async function holdJob(trx: Trx, { jobId, claim, batches }: Hold): Promise<JobStatus> {
  await kindOf(trx).openBatch(trx)
  const row = await trx
    .selectFrom('tallyman_job')
    .select(['status', 'batches'])
    .where('id', '=', jobId)
    .where('claim', '=', claim)
    .executeTakeFirst()
  if (row === undefined) throw claimLost(jobId)
  if (batches !== undefined && row.batches !== batches) throw new BatchLostError()
  return row.status
}

/**
 * Stores the result of a batch: counters, checkpoint, sample, rejects and journal. Only
 * `transition` changes the status; it is returned so that the worker sees a stop request.
 * @throws ClaimLostError
 */
export async function commitBatch(trx: Trx, batch: BatchReport): Promise<{ status: JobStatus }> {
  const { jobId, claim, now, ranMs, counters, total, checkpoint, bytesRead, file } = batch
  const at = now.toISOString()
  let update = trx
    .updateTable('tallyman_job')
    .set((eb) => ({
      ...counters,
      total,
      checkpoint: JSON.stringify(checkpoint),
      reached: checkpoint.reached ?? checkpoint.record,
      bytes_read: bytesRead,
      progressed_at: at,
      duration_ms: ranMs,
      // The clock of a job that shuts down has stopped already.
      running_since: eb.case().when('running_since', 'is not', null).then(at).end(),
      batches: eb('batches', '+', 1),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', jobId)
    .where('claim', '=', claim)
  if (file !== undefined) update = update.set({ file_size: file.size })
  if (file?.sha256 !== undefined) update = update.set({ file_sha256: file.sha256 })

  const row = await update.returning(['status', 'repair_of', 'is_masked']).executeTakeFirst()
  if (row === undefined) throw claimLost(jobId)

  const { processed, rejects } = counters
  await takeSample(trx, { jobId, running_ms: ranMs, at, processed, rejects })
  await writeRejects(trx, jobId, batch.rejects, now)
  const { repair_of, is_masked } = row
  const linked = { id: jobId, repair_of, is_masked: is_masked === 1 }
  await reopenRejected(trx, linked, rejectedIn(batch))
  await writeChanges(trx, jobId, batch.changes ?? [])
  await writeJournal(trx, jobId, batch.journal, { actor: batch.worker, now })
  return { status: row.status }
}

/** The records that a batch rejected; one with mere warnings was written. */
function rejectedIn({ rejects }: Pick<Batch, 'rejects'>): number[] {
  const errors = rejects.filter(({ type }) => type === 'error')
  return [...new Set(errors.map(({ record }) => record))]
}

/**
 * Tells in the journal that the database interrupted a run, where the job is still the worker's.
 * @returns whether it is
 */
export async function noteInterruption(
  db: Db,
  { jobId, claim, worker, now, problem }: Interruption,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('tallyman_job')
      .set((eb) => ({ revision: eb('revision', '+', 1) }))
      .where('id', '=', jobId)
      .where('claim', '=', claim)
      .returning('id')
      .executeTakeFirst()
    if (row === undefined) return false
    await writeJournal(trx, jobId, { code: 'TLY-1070', params: problem }, { actor: worker, now })
    return true
  })
}

type Interruption = Hold & { worker: string; now: Date; problem: DatabaseProblem }
