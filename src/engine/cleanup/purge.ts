import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '../../db/store.ts'
import { ConflictError, NotFoundError } from '../../domain/words/errors.ts'
import {
  JOB_TYPES,
  OVER_STATUSES,
  type JobStatus,
  type JobType,
} from '../../domain/states/status.ts'
import { isLastDifferential } from '../jobs/last-differential.ts'
import { deleteJobAndChildren, type Deletion } from './delete-job.ts'

/** The actor in the deletion log. */
const ACTOR = 'retention'
const JOBS_A_LOOK = 100

export type Purge = Omit<Deletion, 'actor'> & { overBefore: Date }

/** A purged job; with `error`, one that could not be purged. */
export type Purged = { id: number; error?: unknown }

const DAY_MS = 86_400_000

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}

/**
 * Deletes all jobs that ended before `overBefore`, oldest first within each type and status, and
 * queues them for cleanup. A job that can't be deleted does not block others. The run that the next
 * one of a differential export goes by is kept. Any number of processes may purge at once.
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
      // Requests, heartbeats and signals get a turn between two jobs.
      await nextTurn()
      if (mayBeNeeded(kind) && (await isLastDifferential(db, id))) continue
      const purged = await purgeOne(db, id, options)
      if (purged !== undefined) yield purged
    }
    after = found.at(-1)
    if (found.length < JOBS_A_LOOK) return
  }
}

function mayBeNeeded({ type, status }: Kind): boolean {
  return type === 'export' && status === 'finished'
}

/** One page of ended jobs, by an index: it is queried every minute among a million jobs. */
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
    // The condition on `ended_at` alone lets the index scan seek.
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
    // Another process deleted it first, or somebody started it again.
    if (error instanceof NotFoundError || error instanceof ConflictError) return undefined
    return { id, error }
  }
}
