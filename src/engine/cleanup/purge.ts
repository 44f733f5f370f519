import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '../../db/store.ts'
import { ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import {
  JOB_TYPES,
  OVER_STATUSES,
  type JobStatus,
  type JobType,
} from '../../domain/states/status.ts'
import { deleteJobAndChildren, type Deletion } from './delete-job.ts'

/** In whose name jobs are purged. */
const ACTOR = 'retention'
const JOBS_A_LOOK = 100

export type Purge = Omit<Deletion, 'actor'> & { overBefore: Date }

/** What came of a job that was to be purged: gone, or why it could not be. */
export type Purged = { id: number; error?: unknown }

const DAY_MS = 86_400_000

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}

/**
 * Deletes every job that was over before a time, the oldest of its kind first; `sweep` clears away
 * what belonged to them. One that can't be deleted holds up no other. Any number of processes may do
 * this at once.
 */
export async function* purge(db: Db, options: Purge): AsyncGenerator<Purged> {
  for (const type of JOB_TYPES) {
    for (const status of OVER_STATUSES) yield* purgeKind(db, { type, status }, options)
  }
}

type Kind = { type: JobType; status: JobStatus }
type PurgePosition = { id: number; ended_at: string | null }

async function* purgeKind(db: Db, kind: Kind, options: Purge): AsyncGenerator<Purged> {
  let after: PurgePosition | undefined
  for (;;) {
    const found = await overBefore(db, kind, options.overBefore, after)
    for (const { id } of found) {
      if (options.signal?.aborted) return
      // A click, a heartbeat or a signal has its turn between two jobs.
      await nextTurn()
      const purged = await purgeOne(db, id, options)
      if (purged !== undefined) yield purged
    }
    after = found.at(-1)
    if (found.length < JOBS_A_LOOK) return
  }
}

/** By an index, since among a million jobs it is asked again and again. */
async function overBefore(
  db: Db,
  { type, status }: Kind,
  before: Date,
  after: PurgePosition | undefined,
) {
  let query = db
    .selectFrom('tallyman_job')
    .select(['id', 'ended_at'])
    .where('type', '=', type)
    .where('status', '=', status)
    .where('ended_at', '<', before.toISOString())
    .orderBy('ended_at')
    .orderBy('id')
    .limit(JOBS_A_LOOK)
  if (after !== undefined) {
    // Its end alone leads into the index.
    query = query
      .where('ended_at', '>=', after.ended_at)
      .where((eb) => eb.or([eb('ended_at', '>', after.ended_at), eb('id', '>', after.id)]))
  }
  return await query.execute()
}

async function purgeOne(db: Db, id: number, options: Purge): Promise<Purged | undefined> {
  try {
    await deleteJobAndChildren(db, id, { ...options, actor: ACTOR })
    return { id }
  } catch (error) {
    // Another process was quicker, or somebody started it again.
    if (error instanceof NotFoundError || error instanceof ConflictError) return undefined
    return { id, error }
  }
}
