import { z } from 'zod'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import type { Direction, JobFilter, JobSort } from '../../domain/jobs/job-list.ts'
import { readCursor, writeCursor } from '../ground/cursor.ts'
import { findPage } from './find-page.ts'
import { listJobsByIds } from './listed-job.ts'
import type { KeysetPosition } from './keyset-query.ts'

export type JobQuery = JobFilter & {
  sort?: JobSort | undefined
  direction?: Direction | undefined
  /** From a page that was read before, in the same order. */
  cursor?: string | undefined
  limit: number
  /** Up to which time the duration of a running job is counted. */
  now: Date
}

/** A page of jobs and the cursors of its neighbours; undefined where there are none. */
export type JobPage = {
  jobs: ListedJob[]
  next?: string | undefined
  previous?: string | undefined
}

type ListDirection = 'next' | 'previous'
/** `now`: time of the first page (ms). Durations are as of then: running jobs keep their place. */
type Cursor = { way: ListDirection; place: KeysetPosition; now: number }

/**
 * A page of matching jobs, newest first by default. Keyset pagination: a page is found by the
 * position of its first or last job, so the millionth job is as fast to reach as the first.
 * @throws InvalidInputError for an invalid cursor
 */
export async function listJobs(db: Db | Trx, query: JobQuery): Promise<JobPage> {
  const { sort = 'id', direction = 'desc', limit, now, cursor: text } = query
  const cursor = text === undefined ? undefined : readJobCursor(text, sort)
  const isBackward = cursor?.way === 'previous'
  const asOf = new Date(cursor?.now ?? now)
  const found = await findPage(db, {
    filter: query,
    sort,
    direction: isBackward ? opposite(direction) : direction,
    after: cursor?.place,
    limit: limit + 1,
    now: asOf,
  })
  const more = found.length > limit
  // Less than a page is left before this one: show the first page instead, which is full.
  if (isBackward && !more) return await listJobs(db, { ...query, now: asOf, cursor: undefined })

  const places = found.slice(0, limit)
  if (isBackward) places.reverse()
  const at = (way: ListDirection, place = cursor?.place) =>
    place && writeJobCursor({ way, place, now: asOf.getTime() }, sort)
  return {
    jobs: await listJobsByIds(
      db,
      places.map(({ id }) => id),
    ),
    next: isBackward || more ? at('next', places.at(-1)) : undefined,
    previous: cursor === undefined ? undefined : at('previous', places[0]),
  }
}

/** The ids of the first `limit` matching jobs, in the order of the list. */
export async function listIds(db: Db | Trx, query: JobQuery): Promise<number[]> {
  const { sort = 'id', direction = 'desc', limit, now } = query
  const order = { sort, direction, limit, now, after: undefined }
  return (await findPage(db, { filter: query, ...order })).map(({ id }) => id)
}

/** The cursor, in the default order, of the page that begins with the next older job. */
export function cursorBefore(id: number): string {
  return writeJobCursor({ way: 'next', place: { id, value: 0 }, now: 0 }, 'id')
}

function writeJobCursor({ way, place, now }: Cursor, sort: JobSort): string {
  return writeCursor([sort, way, place.value, place.id, now])
}

function readJobCursor(text: string, sort: JobSort): Cursor {
  const [, way, value, id, now] = readCursor(text, cursorOf(sort))
  return { way, place: { value, id }, now }
}

function cursorOf(sort: JobSort) {
  const value = TEXT_SORTS.includes(sort) ? z.string() : z.number()
  return z.tuple([z.literal(sort), z.enum(['next', 'previous']), value, z.int().min(0), z.int()])
}

const TEXT_SORTS: JobSort[] = ['label', 'started_at', 'ended_at']

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc'
}
