import { z } from 'zod'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import type { Direction, JobFilter, JobSort } from '../../domain/jobs/job-list.ts'
import { readCursor, writeCursor } from '../ground/cursor.ts'
import { findPage, type KeysetPosition } from './keyset-query.ts'
import { listJobsByIds } from './listed-job.ts'

export type JobQuery = JobFilter & {
  sort?: JobSort | undefined
  direction?: Direction | undefined
  /** Of a page that was read before, in the same order. */
  cursor?: string | undefined
  limit: number
  /** Tells how long a job that is running has taken so far. */
  now: Date
}

/** A page of jobs, and where the pages around it are; undefined where there are none. */
export type JobPage = {
  jobs: ListedJob[]
  next?: string | undefined
  previous?: string | undefined
}

type PageDirection = 'next' | 'previous'
/** The durations of a list are those at the time of its first page: running jobs stay where they were. */
type Cursor = { way: PageDirection; place: KeysetPosition; now: number }

/**
 * A page of the jobs that match, newest first where no order is given. Pages are found by the
 * place of their first or last job, so that the millionth job is as near as the first.
 * @throws InvalidInputError for a cursor that is none
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
  // What came before has become less than a page: that page is the first one, and it is a full one.
  if (isBackward && !more) return await listJobs(db, { ...query, now: asOf, cursor: undefined })

  const places = found.slice(0, limit)
  if (isBackward) places.reverse()
  const at = (way: PageDirection, place = cursor?.place) =>
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

/** The jobs that match, in the order of the list, at most so many. */
export async function listIds(db: Db | Trx, query: JobQuery): Promise<number[]> {
  const { sort = 'id', direction = 'desc', limit, now } = query
  const order = { sort, direction, limit, now, after: undefined }
  return (await findPage(db, { filter: query, ...order })).map(({ id }) => id)
}

/** The page that begins with the first job older than this one, as a cursor for the default order. */
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
