import type { Trx } from '../../db/store.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import { writeJournal } from '../ground/journal.ts'
import { claimLost } from '../ground/conflict.ts'
import { takeSample } from '../ground/samples.ts'
import { writeRejects } from '../rejects/write-rejects.ts'

export type Hold = { jobId: number; claim: string }

/** A batch, and who reports it. */
export type BatchReport = Hold &
  Batch & {
    now: Date
    worker: string
    /** Milliseconds that the job has run, with those of its earlier runs. */
    ranMs: number
  }

/**
 * The first statement of a batch's transaction: makes sure that the job is still the worker's and
 * keeps it so until the commit, and reads what operators asked for meanwhile.
 * @throws ClaimLostError
 */
export async function holdJob(trx: Trx, { jobId, claim }: Hold): Promise<JobStatus> {
  const row = await trx
    .updateTable('tallyman_job')
    // It changes nothing, and locks the row on every database.
    .set((eb) => ({ worker: eb.ref('worker') }))
    .where('id', '=', jobId)
    .where('claim', '=', claim)
    .returning('status')
    .executeTakeFirst()
  if (row === undefined) throw claimLost(jobId)
  return row.status
}

/**
 * Stores what a batch came to: counters, checkpoint, rejects and journal. The status is left to
 * `transition`; it is answered so that the worker sees a request to stop.
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
      // A job that shuts down has stopped its clock.
      running_since: eb.case().when('running_since', 'is not', null).then(at).end(),
      batches: eb('batches', '+', 1),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', jobId)
    .where('claim', '=', claim)
  if (file !== undefined) update = update.set({ file_size: file.size })
  if (file?.sha256 !== undefined) update = update.set({ file_sha256: file.sha256 })

  const row = await update.returning('status').executeTakeFirst()
  if (row === undefined) throw claimLost(jobId)

  const { processed, rejects } = counters
  await takeSample(trx, { jobId, running_ms: ranMs, at, processed, rejects })
  await writeRejects(trx, jobId, batch.rejects, now)
  await writeJournal(trx, jobId, batch.journal, { actor: batch.worker, now })
  return { status: row.status }
}
