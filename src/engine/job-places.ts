import { sql, type RawBuilder } from 'kysely'
import { findText } from '../db/job-text.ts'
import type { Db, Trx } from '../db/store.ts'
import type { Direction, JobFilter, JobSort } from '../domain/job-list.ts'
import { conditionsOf, hasDates, hasGroup, numberOf, wordsOf } from './job-conditions.ts'
import { gatheredPiece, joined, runningPiece, streamPieces, textPieces } from './job-pieces.ts'

/** Where a job stands in a sorted list: what it is sorted by, and its id among equals. */
export type JobPlace = { value: string | number; id: number }

export type JobWalk = {
  filter: JobFilter
  sort: JobSort
  direction: Direction
  after: JobPlace | undefined
  limit: number
  now: Date
}

export type Ids = RawBuilder<{ id: number }>
type Effort = {
  /** So many jobs are read and sorted in a few milliseconds. */
  few: number
  /** At most so many are looked at, in their order, as long as enough of them seem to match. */
  window: number
}

const EFFORT: Effort = { few: 3_000, window: 1_500 }
const JOBS_A_LOOK = 250

/**
 * The places of the first jobs that match, from behind `after`.
 *
 * Type, status and order have an index together, and so a list that is narrowed by them alone is
 * read as it is shown. A text or dates have an index of their own: if that finds few, they are
 * sorted. Where it finds many, enough are soon met in the order of the list; if not, the index of
 * the order is read on, and each id looked for among those found.
 */
export async function findPlaces(
  db: Db | Trx,
  walk: JobWalk,
  { few, window }: Effort = EFFORT,
): Promise<JobPlace[]> {
  const { filter, sort } = walk
  const words = wordsOf(filter)
  if (words === undefined && (!hasDates(filter) || sort === 'started_at')) {
    return await read(db, walk, streamPieces(walk))
  }
  const hits = words === undefined ? undefined : await findText(db, words)
  const isTextAlone = !hasDates(filter) && !hasGroup(filter)
  if (hits !== undefined && isTextAlone && sort === 'id') {
    return await read(db, walk, textPieces(walk, hits))
  }

  const found = foundIds(walk, hits)
  const fewest = await fewestOf(db, [...found, ...groupIds(filter)], few)
  if (fewest !== undefined) return await read(db, walk, [gatheredPiece(walk, fewest)])
  return (await lookAtFirst(db, walk, window)) ?? (await read(db, walk, streamPieces(walk, found)))
}

async function read(db: Db | Trx, walk: JobWalk, indexed: RawBuilder<JobPlace>[]) {
  const running = walk.sort === 'duration' ? await runningPiece(db, walk) : []
  const pieces = [...indexed, ...running]
  return pieces.length === 0 ? [] : (await joined(pieces, walk).execute(db)).rows
}

/** What the text and the dates find, each by its index. */
function foundIds({ filter, sort }: JobWalk, hits: Ids | undefined): Ids[] {
  const { from, to } = filter
  const ids: Ids[] = []
  if (hits !== undefined) {
    const id = numberOf(wordsOf(filter) ?? '')
    ids.push(id === undefined ? hits : sql`${hits} union select ${sql.lit(id)} as id`)
  }
  if (hasDates(filter) && sort !== 'started_at') ids.push(idsWith({ from, to }))
  return ids
}

function groupIds({ status, type }: JobFilter): Ids[] {
  return hasGroup({ status, type }) ? [idsWith({ status, type })] : []
}

function idsWith(filter: JobFilter): Ids {
  return sql`select job.id from tallyman_job as job where ${conditionsOf(filter, 'indexed')}`
}

/** The ones with the least ids, if those are less than `few`. */
async function fewestOf(db: Db | Trx, all: Ids[], few: number): Promise<Ids | undefined> {
  let fewest: Ids | undefined
  let least = few
  for (const ids of all) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from (select 1 from (${ids}) as hit limit ${least}) as counted
    `.execute(db)
    const count = Number(rows[0]?.count)
    if (count < least) [fewest, least] = [ids, count]
  }
  return fewest
}

/** Those that match of the first in the order; undefined where these are not enough for the page. */
async function lookAtFirst(
  db: Db | Trx,
  walk: JobWalk,
  window: number,
): Promise<JobPlace[] | undefined> {
  const { filter, limit, sort } = walk
  const { status, type, from, to } = filter
  const order = sort === 'started_at' ? { status, type, from, to } : { status, type }
  const first = { ...walk, filter: order, limit: window }
  const places = await read(db, first, streamPieces(first))
  const found: JobPlace[] = []
  for (let at = 0; at < places.length && found.length < limit; at += JOBS_A_LOOK) {
    const look = places.slice(at, at + JOBS_A_LOOK)
    const ids = look.map(({ id }) => id)
    const { rows } = await sql<{ id: number }>`
      select id from tallyman_job as job
      where id in (${sql.join(ids)}) and ${conditionsOf(filter, 'checked')}`.execute(db)
    const matching = new Set(rows.map(({ id }) => id))
    found.push(...look.filter(({ id }) => matching.has(id)))
    // As thinly as so far, not half of a page would be met.
    const share = (at + look.length) / places.length
    if (places.length === window && found.length / share < limit / 2) return undefined
  }
  const isEnough = found.length >= limit || places.length < window
  return isEnough ? found.slice(0, limit) : undefined
}
