import { setTimeout as pause } from 'node:timers/promises'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { CLAIMED_STATUSES, type JobStatus } from '../../domain/states/status.ts'
import type { JobEvent, WorkerEvent } from '../../domain/states/transitions.ts'
import { explainCrashes, MAX_CRASHES, takeOver } from './crash-count.ts'
import { claimedJobs, findExpired, type ExpiredLease } from './expired-leases.ts'
import { writeJournal } from '../ground/journal.ts'
import { transition } from './transition.ts'
import type { LivenessMonitor } from './liveness-monitor.ts'
import { clearWorkers, type WorkerRow } from './workers.ts'

/** Pause in ms in which waiting writers, which poll the lock every millisecond, get it. */
const SHORTEST_TURN_MS = 50
const LONGEST_TURN_MS = 1_000
/** The actor in the journal when a job is taken from a silent worker. */
export const RESCUER = 'rescuer'

export type Rescue = { jobId: number; worker: string | null; events: JobEvent[]; status: JobStatus }

export type Sweep = {
  now: Date
  /** One for all sweeps of a process: it observes over time how long a worker is silent. */
  watch: LivenessMonitor
  /** Of a process that ends: the jobs that it lets go of itself are for others. */
  stopSignal?: AbortSignal | undefined
}

/**
 * Moves every job with an expired lease on: to `start_pending`, `paused` or `cancelled`, or to
 * `failed` when it has crashed its workers MAX_CRASHES times. Any number of processes may do this
 * at once, each with its own liveness monitor.
 */
export async function rescue(db: Db, { now, watch, stopSignal }: Sweep): Promise<Rescue[]> {
  const { jobs, workers } = await findExpired(db, watch)
  if (stopSignal?.aborted === true) return []
  // What they still hold, such as the lock of a job's row, would hold up everybody.
  const processes = workers.flatMap(({ process }) => process ?? [])
  if (processes.length > 0) await kindOf(db).endSessions(db, processes)
  if (workers.length > 0 || jobs.some(({ claim }) => claim !== null)) await drainBeats(db, workers)
  const rescues = await rescueAll(db, jobs, now)
  await clearWorkers(db, workers)
  return rescues
}

/** At startup: resumes the jobs that a shutdown interrupted and that have no claim. */
export async function resumeInterrupted(db: Db, { now }: { now: Date }): Promise<Rescue[]> {
  const jobs = await claimedJobs(db, ['shutting_down'])
  const released = jobs.filter(({ claim }) => claim === null)
  return await rescueAll(
    db,
    released.map((job) => ({ ...job, heartbeat_at: undefined, silentMs: 0 })),
    now,
  )
}

/** The jobs that have a claim, whether their workers are alive or not. */
export async function listHeldJobs(db: Db): Promise<{ id: number; worker: string | null }[]> {
  const jobs = await claimedJobs(db, CLAIMED_STATUSES)
  return jobs.filter(({ claim }) => claim !== null)
}

/**
 * A long transaction may have blocked all writes, heartbeats too. Live workers wait for the same
 * lock as this write, so they get their turn before their leases count as expired: as long a one
 * as this write had to wait, since a busy machine may not let a waiting thread run for a while.
 */
async function drainBeats(db: Db, silent: WorkerRow[]): Promise<void> {
  const began = performance.now()
  await db.transaction().execute(async (trx) => {
    for (const { id } of silent) {
      await trx
        .updateTable('tallyman_worker')
        .set((eb) => ({ heartbeat_at: eb.ref('heartbeat_at') }))
        .where('id', '=', id)
        .execute()
    }
  })
  const waitedMs = performance.now() - began
  await pause(Math.min(Math.max(waitedMs, SHORTEST_TURN_MS), LONGEST_TURN_MS))
}

async function rescueAll(db: Db, lost: ExpiredLease[], now: Date): Promise<Rescue[]> {
  const rescues: Rescue[] = []
  for (const seen of lost) {
    const done = await db.transaction().execute((trx) => rescueOne(trx, seen, now))
    if (done !== undefined) rescues.push(done)
  }
  return rescues
}

async function rescueOne(trx: Trx, seen: ExpiredLease, now: Date): Promise<Rescue | undefined> {
  const job = await takeOver(trx, seen)
  if (job === undefined) return undefined

  const { id, claim, worker, progressed_at } = job
  const lastSign = new Date(seen.heartbeat_at ?? progressed_at ?? now)
  const options = { actor: RESCUER, now, claim, ranUntil: lastSign }
  if (claim !== null) {
    const seconds = silentSeconds(seen.silentMs, lastSign, now)
    const params = { worker: worker ?? '', seconds }
    await writeJournal(trx, id, { code: 'TLY-1012', params }, options)
  }
  const { failure, inQuestion } = explainCrashes(job)
  const events = eventsFor(job)
  let status: JobStatus = job.status
  for (const event of events) {
    ;({ status } = await transition(trx, id, event, { ...options, failure }))
  }
  if (status === 'failed') await writeJournal(trx, id, inQuestion, options)
  return { jobId: id, worker, events, status }
}

/** The larger of both: the monitor may have run for seconds only, and clocks may have been set. */
function silentSeconds(silentMs: number, lastSign: Date, now: Date): number {
  return Math.round(Math.max(silentMs, now.getTime() - lastSign.getTime()) / 1000)
}

function eventsFor({ status, deaths }: Job): WorkerEvent[] {
  if (status === 'pausing') return ['yield']
  if (status === 'cancelling') return ['halt']
  if (status === 'shutting_down') return ['go_on']
  return deaths >= MAX_CRASHES ? ['fail'] : ['shut_down', 'go_on']
}
