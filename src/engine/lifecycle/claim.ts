import type { Db, Trx } from '../../db/store.ts'
import { ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { transition } from './transition.ts'
import { beat, type WorkerIdentity } from './workers.ts'

export type Claim = {
  /** New with every call: it is what the job is fenced with. */
  claim: string
  worker: WorkerIdentity
  now: Date
  /** This job and no other. */
  jobId?: number | undefined
}

/** Takes the oldest job that waits for a worker, which from then on has a row and must show life. */
export async function claimNextJob(db: Db | Trx, wanted: Claim): Promise<Job | undefined> {
  for (;;) {
    const id = await oldestWaiting(db, wanted.jobId)
    if (id === undefined) return undefined
    try {
      return await inTransaction(db, (trx) => claimJob(trx, id, wanted))
    } catch (error) {
      // Another worker was quicker, or an operator; the next look finds another job or none.
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error
    }
  }
}

async function claimJob(trx: Trx, id: number, { claim, worker, now }: Claim): Promise<Job> {
  const job = await transition(trx, id, 'claim', { claim, actor: worker.name, now })
  await beat(trx, worker, { claim, now })
  return job
}

/**
 * Lets go of a job that is shutting down, after its last batch: from now on anybody may go on with
 * it. False: there is nothing to let go of, because the job is in another status or another's.
 */
export async function releaseJob(db: Db | Trx, { claim }: { claim: string }): Promise<boolean> {
  const { numUpdatedRows } = await inTransaction(db, (trx) =>
    trx
      .updateTable('tallyman_job')
      .set((eb) => ({
        claim: null,
        worker: null,
        revision: eb('revision', '+', 1),
      }))
      .where('claim', '=', claim)
      .where('status', '=', 'shutting_down')
      .executeTakeFirstOrThrow(),
  )
  return numUpdatedRows > 0n
}

async function oldestWaiting(db: Db | Trx, jobId: number | undefined): Promise<number | undefined> {
  let query = db
    .selectFrom('tallyman_job')
    .select('id')
    .where('status', '=', 'start_pending')
    .orderBy('id')
    .limit(1)
  if (jobId !== undefined) query = query.where('id', '=', jobId)
  return (await query.executeTakeFirst())?.id
}
