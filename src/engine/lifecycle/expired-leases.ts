import { kindOf } from '../../db/kind.ts'
import type { Db } from '../../db/store.ts'
import { CLAIMED_STATUSES, type JobStatus } from '../../domain/states/status.ts'
import type { JobRow } from '../../domain/jobs/job-row.ts'
import type { LifeSign, LivenessMonitor } from './liveness-monitor.ts'
import { listWorkers, type WorkerRow } from './workers.ts'

export type ClaimedJob = Pick<JobRow, 'id' | 'status' | 'claim' | 'worker' | 'progressed_at'>

/** A job without a live worker, as it was observed. */
export type ExpiredLease = ClaimedJob & {
  /** The heartbeat of its worker; undefined where no worker's row has this claim. */
  heartbeat_at: string | undefined
  silentMs: number
}

export type Expired = { jobs: ExpiredLease[]; workers: WorkerRow[] }

/**
 * The jobs without a claim or with a silent worker, and the silent workers. Where no worker's row
 * has the job's claim, only batches count as signs of life: the worker is of an older version, or
 * could not store how the job ended.
 */
export async function findExpired(db: Db, watch: LivenessMonitor): Promise<Expired> {
  const workers = await listWorkers(db)
  const patienceOf = await patienceWith(db)
  const jobs = (await claimedJobs(db, CLAIMED_STATUSES)).map((job) => {
    const holder = workers.find(({ claim }) => claim !== null && claim === job.claim)
    return { ...job, heartbeat_at: holder?.heartbeat_at, patienceMs: patienceOf(holder) }
  })
  const silence = watch.observe([...workers.map(signOfWorker), ...jobs.flatMap(signOfJob)])
  const silenceOf = (key: string | null) => (key === null ? 0 : (silence.get(key) ?? 0))
  return {
    jobs: jobs
      .map((job) => ({ ...job, silentMs: silenceOf(job.claim) }))
      .filter(({ claim, silentMs, patienceMs }) => claim === null || silentMs >= patienceMs),
    workers: workers.filter((worker) => silenceOf(worker.id) >= patienceOf(worker)),
  }
}

/** A worker whose session is there may be silent for its lease, one that has lost it less long. */
async function patienceWith(db: Db): Promise<(worker: WorkerRow | undefined) => number> {
  const { patience, heldLocks } = kindOf(db)
  const locks = await heldLocks(db)
  return (worker) => {
    if (worker === undefined) return patience.leaseMs
    const { lock_key, lease_ms } = worker
    const isGone = lock_key !== null && !locks.has(lock_key)
    return isGone ? Math.min(patience.graceMs, lease_ms) : lease_ms
  }
}

export async function claimedJobs(db: Db, statuses: readonly JobStatus[]): Promise<ClaimedJob[]> {
  return await db
    .selectFrom('tallyman_job')
    .select(['id', 'status', 'claim', 'worker', 'progressed_at'])
    .where('status', 'in', statuses)
    .orderBy('id')
    .execute()
}

function signOfWorker({ id, heartbeat_at }: WorkerRow): LifeSign {
  return { key: id, sign: heartbeat_at }
}

/** Every batch is a sign of life too: a failed heartbeat alone loses no job. */
function signOfJob({
  claim,
  heartbeat_at,
  progressed_at,
}: Pick<ExpiredLease, 'claim' | 'heartbeat_at' | 'progressed_at'>): LifeSign[] {
  return claim === null ? [] : [{ key: claim, sign: `${heartbeat_at} ${progressed_at}` }]
}
