import type { Expression, ExpressionBuilder } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Database } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import { durationOf, type Job } from '../../domain/jobs/job.ts'
import { isFinal, isHeld, isOver, keepsClaim, type JobStatus } from '../../domain/states/status.ts'
import { sourcesOf, targetOf, TRANSITIONS, type JobEvent } from '../../domain/states/transitions.ts'
import { messageOf, UNKNOWN_FAILURE } from '../ground/event-message.ts'
import { requireFreeResult } from '../jobs/free-result.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import type { JobRow } from '../../domain/jobs/job-row.ts'
import { paramsText, toJob } from '../ground/job-row.ts'
import { writeJournal } from '../ground/journal.ts'
import { enqueueCleanup } from '../cleanup/cleanup-queue.ts'
import { settleRepair } from '../repair/reopen-rejects.ts'
import { claimLost, noSuchJob, wrongStatus } from '../ground/conflict.ts'
import type { AnyOptions, OptionsOf } from './transition-options.ts'
import { removeUnusedTable } from './unused-table.ts'

/**
 * The only way to change a job's status. One transaction does a compare-and-swap from the statuses
 * that allow the event, writes the journal entry, and queues a job in a final status for cleanup.
 * @throws NotFoundError
 * @throws ConflictError when the status refuses the event, or another job writes the file; nothing
 *   is changed then
 * @throws ClaimLostError, a ConflictError, when a worker reports on a job that it does not hold
 */
export async function transition<Event extends JobEvent>(
  db: Db | Trx,
  id: number,
  event: Event,
  options: OptionsOf<Event>,
): Promise<Job>
export async function transition(
  db: Db | Trx,
  id: number,
  event: JobEvent,
  options: AnyOptions,
): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const job = toJob(trx, await stopClock(trx, await applyEvent(trx, id, event, options), options))
    if (event === 'start') await requireFreeResult(trx, job)
    await writeJournal(trx, id, messageOf(event, job, options), options)
    if (event === 'start' && job.start_at !== null) {
      const params = { time: `${job.start_at.slice(0, 16).replace('T', ' ')} UTC` }
      await writeJournal(trx, id, { code: 'TLY-1043', params }, options)
    }
    if (isFinal(job.status)) {
      await settleRepair(trx, job, options)
      await enqueueCleanup(trx, id)
    }
    if (job.status === 'start_pending') await kindOf(trx).wakeWorkers(trx)
    await clearTable(trx, job, options)
    return job
  })
}

/** A job that fails or is cancelled drops the table that it created and did not use. */
async function clearTable(trx: Trx, job: Job, options: AnyOptions): Promise<void> {
  if (job.status !== 'failed' && job.status !== 'cancelled') return
  const removed = await removeUnusedTable(trx, job)
  if (removed !== undefined) await writeJournal(trx, job.id, removed, options)
}

async function applyEvent(
  trx: Trx,
  id: number,
  event: JobEvent,
  options: AnyOptions,
): Promise<JobRow> {
  for (;;) {
    for (const [to, from] of Map.groupBy(sourcesOf(event), (status) => targetOf(event, status))) {
      const row = to && (await compareAndSwap(trx, id, event, { ...options, from, to }))
      if (row !== undefined) return row
    }
    const why = await explain(trx, id, event, options)
    if (why !== undefined) throw why
    // The event is allowed by now: the job changed between swap and read, so retry.
  }
}

async function compareAndSwap(
  trx: Trx,
  id: number,
  event: JobEvent,
  { from, to, ...options }: AnyOptions & { from: JobStatus[]; to: JobStatus },
): Promise<JobRow | undefined> {
  const { actor, claim = null, failure } = options
  const at = options.now.toISOString()

  let update = trx
    .updateTable('tallyman_job')
    .set((eb) => ({
      status: to,
      ended_at: isOver(to) ? notBefore(eb, eb.ref('started_at'), at) : null,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', 'in', from)
  if (isFenced(event)) update = update.where('claim', claim === null ? 'is' : '=', claim)
  if (!keepsClaim(to)) update = update.set({ claim: null })
  if (to === 'start_pending') update = update.set({ worker: null })
  if (event === 'claim') {
    update = update.set((eb) => ({
      claim,
      worker: actor,
      progressed_at: at,
      running_since: at,
      started_at: eb.fn.coalesce('started_at', notBefore(eb, eb.ref('created_at'), at)),
      dated_at: eb.fn.coalesce('started_at', notBefore(eb, eb.ref('created_at'), at)),
      attempts: eb('attempts', '+', 1),
    }))
  } else if (event === 'start') {
    update = update.set({
      started_by: actor,
      start_at: options.startAt?.toISOString() ?? null,
      ...(options.priority === undefined ? {} : { priority: options.priority }),
      deaths: 0,
      failure_reason: null,
      failure_params: null,
    })
  } else if (event === 'fail') {
    const { reason, params } = failure ?? UNKNOWN_FAILURE
    update = update.set({ failure_reason: reason, failure_params: paramsText(params) })
  }
  return update.returningAll().executeTakeFirst()
}

/** The later of both dates: the other one may be from a clock that was ahead. */
function notBefore<Stored extends string | null>(
  eb: ExpressionBuilder<Database, 'tallyman_job'>,
  date: Expression<Stored>,
  at: string,
) {
  return eb.case().when(eb.val(at), '<', date).then(date).else(at).end()
}

/** Fencing: a worker may only report on a job whose claim it holds, not on one rescued from it. */
function isFenced(event: JobEvent): boolean {
  return TRANSITIONS[event].by === 'worker' && event !== 'claim'
}

async function explain(
  trx: Trx,
  id: number,
  event: JobEvent,
  { claim = null }: AnyOptions,
): Promise<NotFoundError | ConflictError | undefined> {
  const job = await trx
    .selectFrom('tallyman_job')
    .select(['status', 'claim'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (job === undefined) return noSuchJob(id)
  if (isFenced(event) && job.claim !== claim) return claimLost(id)
  if (targetOf(event, job.status) === undefined) {
    return wrongStatus(id, job.status, event, sourcesOf(event))
  }
  return undefined
}

/** Adds the ended run to the duration. Not part of the swap: no SQL suits both databases. */
async function stopClock(
  trx: Trx,
  row: JobRow,
  { now, ranUntil = now, ranMs }: AnyOptions,
): Promise<JobRow> {
  if (row.running_since === null || isHeld(row.status)) return row

  return trx
    .updateTable('tallyman_job')
    .set({ duration_ms: ranMs ?? durationOf(row, ranUntil), running_since: null })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
