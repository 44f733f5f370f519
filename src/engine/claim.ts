import type { Db, Trx } from '../db/store.ts'
import { ConflictError, NotFoundError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { inTransaction } from './in-transaction.ts'
import { transition } from './transition.ts'

/**
 * Takes the oldest job that waits (or `jobId`, if it waits) for a worker.
 * @param options.claim must be new with every call: it is what the job is fenced with
 */
export async function claimNextJob(
  db: Db | Trx,
  {
    claim,
    worker,
    now,
    jobId,
  }: { claim: string; worker: string; now: Date; jobId?: number | undefined },
): Promise<Job | undefined> {
  for (;;) {
    const id = await oldestWaiting(db, jobId)
    if (id === undefined) return undefined
    try {
      return await transition(db, id, 'claim', { claim, worker, actor: worker, now })
    } catch (error) {
      // Another worker was quicker, or an operator; the next look finds another job or none.
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error
    }
  }
}

/** Tells that the worker is alive. False: the job isn't its own any more. */
export async function heartbeat(
  db: Db | Trx,
  { claim, now }: { claim: string; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await inTransaction(db, (trx) =>
    trx
      .updateTable('tallyman_job')
      .set({ heartbeat_at: now.toISOString() })
      .where('claim', '=', claim)
      .executeTakeFirstOrThrow(),
  )
  return numUpdatedRows > 0n
}

/**
 * Beats unless a batch did so a moment ago: a worker that is quick needs no other sign of life, and
 * nobody waits for the lock in vain. The time is taken once the lock is there.
 */
export async function beatIfSilent(
  db: Db,
  { claim, silentMs }: { claim: string; silentMs: number },
): Promise<void> {
  const now = Date.now()
  const silentSince = new Date(now - silentMs).toISOString()
  const silent = await db
    .selectFrom('tallyman_job')
    .select('id')
    .where('claim', '=', claim)
    .where((eb) =>
      eb.or([
        eb('heartbeat_at', '<', silentSince),
        // The clock was set back since: by it, there would be no silence for long.
        eb('heartbeat_at', '>', new Date(now).toISOString()),
      ]),
    )
    .executeTakeFirst()
  if (silent === undefined) return
  await db.transaction().execute((trx) => heartbeat(trx, { claim, now: new Date() }))
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
        heartbeat_at: null,
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
