import { kindOf } from '../../db/kind.ts'
import type { Db } from '../../db/store.ts'
import type { SeenWorker } from '../../domain/jobs/seen-worker.ts'
import { listWorkers } from './workers.ts'

/**
 * All workers that have a row, with the jobs that they run. Whether one lives is told by its session
 * and by how old its heartbeat is, by this machine's clock: for people, not for the rescuer.
 */
export async function seeWorkers(db: Db, now: Date): Promise<SeenWorker[]> {
  const locks = await kindOf(db).heldLocks(db)
  const jobs = await jobsByClaim(db)
  return (await listWorkers(db)).map((worker) => {
    const { id, name, host, version, started_at, heartbeat_at, lock_key, lease_ms, claim } = worker
    const isRecent = now.getTime() - Date.parse(heartbeat_at) <= lease_ms
    const isAlive = isRecent && (lock_key === null || locks.has(lock_key))
    const job = (claim !== null && jobs.get(claim)) || null
    return { id, name, host, version, started_at, heartbeat_at, isAlive, job }
  })
}

async function jobsByClaim(db: Db): Promise<Map<string, { id: number; label: string }>> {
  const rows = await db
    .selectFrom('tallyman_job')
    .innerJoin('tallyman_worker', 'tallyman_worker.claim', 'tallyman_job.claim')
    .select(['tallyman_job.id', 'tallyman_job.label', 'tallyman_job.claim'])
    .execute()
  return new Map(rows.map(({ id, label, claim }) => [claim ?? '', { id, label }]))
}
