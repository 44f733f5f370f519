import type { Db } from '../../db/store.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { seeWorkers } from '../lifecycle/seen-workers.ts'

const MOST_NAMED = 10

/** @throws ConflictError where a worker of this database lives */
export async function requireNoWorkers(db: Db, now: Date): Promise<void> {
  const alive = (await seeWorkers(db, now)).find(({ isAlive }) => isAlive)
  if (alive === undefined) return
  throw new ConflictError({ problem: 'move_with_workers', worker: alive.name })
}

/**
 * A job that has begun goes on with keys and positions of the tables where it began.
 * @throws ConflictError where one has begun and is not over
 */
export async function requireNoneBegun(db: Db): Promise<void> {
  const begun = await db
    .selectFrom('tallyman_job')
    .select('id')
    .where('status', 'not in', [...OVER_STATUSES])
    .where('started_at', 'is not', null)
    .orderBy('id')
    .limit(MOST_NAMED)
    .execute()
  if (begun.length === 0) return
  throw new ConflictError({ problem: 'move_with_begun', ids: begun.map(({ id }) => id).join(', ') })
}
