import { setTimeout as pause } from 'node:timers/promises'
import type { Db, Trx } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import { CLAIMED_STATUSES, type JobStatus } from '../domain/status.ts'
import type { JobEvent } from '../domain/transitions.ts'
import { toJob } from './job-row.ts'
import { writeJournal } from './journal.ts'
import { transition, type MoveOptions } from './transition.ts'

const LEASE_MS = 10_000
/** Who waits for the lock asks for it every millisecond. */
const TURN_MS = 50
/** Workers that a job may cost at one checkpoint. */
const MAX_DEATHS = 3
const ACTOR = 'rescuer'

export type Rescue = { jobId: number; worker: string | null; events: JobEvent[]; status: JobStatus }
type Sweep = { now: Date; leaseMs?: number | undefined }

/**
 * Takes every job that nobody carries on where it belongs: to `start_pending`, `paused`,
 * `cancelled`, or to `failed` when it killed its worker again and again. Any number of processes
 * may do this at once. A heartbeat from the future, after a clock was set back, is no silence.
 */
export async function rescue(db: Db, sweep: Sweep): Promise<Rescue[]> {
  return rescueIn(db, CLAIMED_STATUSES, sweep)
}

/** At the start of a server: goes on with the jobs that its shutdown interrupted. */
export async function goOnAll(db: Db, sweep: Sweep): Promise<Rescue[]> {
  return rescueIn(db, ['shutting_down'], sweep)
}

async function rescueIn(
  db: Db,
  statuses: readonly JobStatus[],
  { now, leaseMs = LEASE_MS }: Sweep,
): Promise<Rescue[]> {
  const silentSince = new Date(now.getTime() - leaseMs).toISOString()
  const lost = await db
    .selectFrom('tallyman_job')
    .select(['id', 'status', 'claim'])
    .where('status', 'in', statuses)
    .where((eb) => eb.or([eb('claim', 'is', null), eb('heartbeat_at', '<', silentSince)]))
    .orderBy('id')
    .execute()
  if (lost.some(({ claim }) => claim !== null)) await letHeartbeatsIn(db)
  const rescues: Rescue[] = []
  for (const seen of lost) {
    const done = await db
      .transaction()
      .execute((trx) => rescueOne(trx, { ...seen, silentSince }, now))
    if (done !== undefined) rescues.push(done)
  }
  return rescues
}

/**
 * While a long transaction kept everybody from writing, no heartbeat was written either. Those who
 * are alive wait for its end as this does, and have their turn before any of them is given up.
 */
async function letHeartbeatsIn(db: Db): Promise<void> {
  await db.transaction().execute(() => Promise.resolve())
  await pause(TURN_MS)
}

type Seen = { id: number; status: JobStatus; claim: string | null; silentSince: string }

async function rescueOne(trx: Trx, seen: Seen, now: Date): Promise<Rescue | undefined> {
  const job = await seize(trx, seen)
  if (job === undefined) return undefined

  const { id, claim, worker, heartbeat_at } = job
  const lastSign = heartbeat_at === null ? now : new Date(heartbeat_at)
  const options = { actor: ACTOR, now, claim, ranUntil: lastSign }
  if (claim !== null) {
    const seconds = Math.round((now.getTime() - lastSign.getTime()) / 1000)
    const params = { worker: worker ?? '', seconds }
    await writeJournal(trx, id, { code: 'TLY-1012', params }, options)
  }
  const events = eventsFor(job)
  let status: JobStatus = job.status
  for (const event of events) {
    ;({ status } = await transition(trx, id, event, { ...options, failure: failureOf(job) }))
  }
  return { jobId: id, worker, events, status }
}

/** Counts a death, unless the job moved or its worker gave a sign of life since it was seen. */
async function seize(trx: Trx, { id, status, claim, silentSince }: Seen): Promise<Job | undefined> {
  let update = trx
    .updateTable('tallyman_job')
    .set((eb) => ({ deaths: eb('deaths', '+', status === 'running' ? 1 : 0) }))
    .where('id', '=', id)
    .where('status', '=', status)
    .where('claim', claim === null ? 'is' : '=', claim)
  if (claim !== null) update = update.where('heartbeat_at', '<', silentSince)

  const row = await update.returningAll().executeTakeFirst()
  return row === undefined ? undefined : toJob(row)
}

function eventsFor({ status, deaths }: Job): JobEvent[] {
  if (status === 'pausing') return ['yield']
  if (status === 'cancelling') return ['halt']
  if (status === 'shutting_down') return ['go_on']
  return deaths >= MAX_DEATHS ? ['fail'] : ['shut_down', 'go_on']
}

function failureOf({ deaths, checkpoint }: Job): MoveOptions['failure'] {
  return { reason: 'worker_died', params: { times: deaths, record: checkpoint?.record ?? 0 } }
}
