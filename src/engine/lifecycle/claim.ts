import type { Db, Trx } from '../../db/store.ts'
import { ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { stallOf } from '../../domain/jobs/stall.ts'
import { inTransaction } from '../ground/in-transaction.ts'
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

export type Sign = {
  claim: string
  now: Date
  /** Whether something was read since the last one. */
  hasProgressed?: boolean
  /** Whether a reader sees by it that the job stands still, or moves again. */
  isNews?: boolean
}

/** Tells that the worker is alive. False: the job isn't its own any more. */
export async function heartbeat(
  db: Db | Trx,
  { claim, now, hasProgressed = false, isNews = false }: Sign,
): Promise<boolean> {
  const at = now.toISOString()
  const { numUpdatedRows } = await inTransaction(db, (trx) => {
    let update = trx
      .updateTable('tallyman_job')
      .set({ heartbeat_at: at })
      .where('claim', '=', claim)
    if (hasProgressed) update = update.set({ progressed_at: at })
    if (isNews) update = update.set((eb) => ({ revision: eb('revision', '+', 1) }))
    return update.executeTakeFirstOrThrow()
  })
  return numUpdatedRows > 0n
}

/**
 * Beats unless a batch did so a moment ago: a worker that is quick needs no other sign of life, and
 * nobody waits for the lock in vain. The time is taken once the lock is there.
 * @param options.hasProgressed whether something was read since the last beat
 * @returns whether it did beat
 */
export async function beatIfSilent(
  db: Db,
  { claim, silentMs, hasProgressed }: { claim: string; silentMs: number; hasProgressed: boolean },
): Promise<boolean> {
  const now = Date.now()
  const silentSince = new Date(now - silentMs).toISOString()
  const silent = await db
    .selectFrom('tallyman_job')
    .select(['status', 'heartbeat_at', 'progressed_at'])
    .where('claim', '=', claim)
    .where((eb) =>
      eb.or([
        eb('heartbeat_at', '<', silentSince),
        // The clock was set back since: by it, there would be no silence for long.
        eb('heartbeat_at', '>', new Date(now).toISOString()),
      ]),
    )
    .executeTakeFirst()
  if (silent === undefined) return false
  return await db.transaction().execute(async (trx) => {
    const now = new Date()
    const told = stallOf(silent, new Date(silent.heartbeat_at ?? now))
    const isNews = told !== (hasProgressed ? null : stallOf(silent, now))
    return await heartbeat(trx, { claim, now, hasProgressed, isNews })
  })
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
