import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import { ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { CLAIMED_STATUSES } from '../../domain/states/status.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { transition } from './transition.ts'
import { beat, type WorkerIdentity } from './workers.ts'

export type Claim = {
  /** The fencing token: new with every call. */
  claim: string
  worker: WorkerIdentity
  now: Date
  /** Claims only this job. */
  jobId?: number | undefined
  /** Leaves out the jobs of tables that so many jobs work on already. */
  mostPerTable?: number | undefined
}

/** Claims the oldest waiting job of the highest priority, and starts its lease with the worker's first heartbeat. */
export async function claimNextJob(db: Db | Trx, wanted: Claim): Promise<Job | undefined> {
  // Without a transaction first, which may begin with the lock for all writes.
  while ((await oldestWaiting(db, wanted)) !== undefined) {
    try {
      return await inTransaction(db, (trx) => claimOldest(trx, wanted))
    } catch (error) {
      // Another worker or an operator was faster: look for the next job.
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error
    }
  }
  return undefined
}

/** Undefined where other workers are just claiming all that wait. */
async function claimOldest(trx: Trx, wanted: Claim): Promise<Job | undefined> {
  const { claim, worker, now } = wanted
  // Two that count at once would both see the last place free.
  if (wanted.mostPerTable !== undefined) await kindOf(trx).serializeClaims(trx)
  const id = await oldestWaiting(trx, wanted, kindOf(trx).skipLocked)
  if (id === undefined) return undefined
  const job = await transition(trx, id, 'claim', { claim, actor: worker.name, now })
  await beat(trx, worker, { claim, now })
  return job
}

/**
 * Releases the claim of a job that is shutting down, after its last batch: then any worker may
 * resume it. Returns false where the job has another status or another claim.
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

async function oldestWaiting(
  db: Db | Trx,
  { jobId, now, mostPerTable }: Claim,
  locking = sql``,
): Promise<number | undefined> {
  let query = db
    .selectFrom('tallyman_job')
    .select('id')
    .where('status', '=', 'start_pending')
    .where((eb) => eb.or([eb('start_at', 'is', null), eb('start_at', '<=', now.toISOString())]))
    .orderBy('priority', 'desc')
    .orderBy('id')
    .limit(1)
    .modifyEnd(locking)
  if (jobId !== undefined) query = query.where('id', '=', jobId)
  const full = mostPerTable === undefined ? [] : await namesOfFullTables(db, mostPerTable)
  if (full.length > 0) query = query.where('target_table', 'not in', full)
  return (await query.executeTakeFirst())?.id
}

/** Of tables that so many jobs work on, the names by which jobs that wait call them. */
async function namesOfFullTables(db: Db | Trx, most: number): Promise<string[]> {
  const { readName, tableSql } = kindOf(db)
  const tables = db.selectFrom('tallyman_job').select('target_table as name')
  const work = new Map<string, number>()
  for (const { name } of await tables.where('status', 'in', CLAIMED_STATUSES).execute()) {
    const table = await tableSql(db, readName(name))
    work.set(table, (work.get(table) ?? 0) + 1)
  }
  if (![...work.values()].some((jobs) => jobs >= most)) return []

  const names: string[] = []
  const waiting = tables.distinct().where('status', '=', 'start_pending')
  for (const { name } of await waiting.execute()) {
    if ((work.get(await tableSql(db, readName(name))) ?? 0) >= most) names.push(name)
  }
  return names
}
