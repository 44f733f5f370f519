import { sql, type RawBuilder } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Direction, JobFilter, JobSort } from '../../domain/jobs/job-list.ts'
import { conditionsOf, hasDates, hasGroup, numberOf, wordsOf } from './job-conditions.ts'
import {
  asResidualFilter,
  sortCandidates,
  joined,
  runningBranch,
  scanBranches,
  textBranches,
  asInteger,
} from './union-branches.ts'
import { indexedFilterOf } from './index-scans.ts'

/** Where a job stands in a sorted list: what it is sorted by, and its id among equals. */
export type KeysetPosition = { value: string | number; id: number }

export type KeysetQuery = {
  filter: JobFilter
  sort: JobSort
  direction: Direction
  after: KeysetPosition | undefined
  limit: number
  now: Date
}

export type Ids = RawBuilder<{ id: number }>
type Effort = {
  /** So many jobs are read and sorted sooner than an order of a million is searched through. */
  few: number
  /** About so many are looked at, in their order, as long as enough of them seem to match. */
  window: number
}

const EFFORT: Effort = { few: 5_000, window: 5_000 }
/** The first look is at so many jobs in the order of the list, each further one at twice as many. */
const FIRST_LOOK = 100

/**
 * The places of the first jobs that match, from behind `after`.
 *
 * Type, status and order have an index together, and so a list that is narrowed by them alone is
 * read as it is shown. A text or dates have an index of their own: if that finds few, they are
 * sorted. Where it finds many, enough are soon met in the order of the list; if not, the index of
 * the order is read, and each id looked for among those found. That is slow only where the text and
 * the order have to do with each other, so that all jobs that match come late.
 */
export async function findPage(
  db: Db | Trx,
  walk: KeysetQuery,
  { few, window }: Effort = EFFORT,
): Promise<KeysetPosition[]> {
  const { filter, sort } = walk
  const words = wordsOf(filter)
  if (words === undefined && isInOrder(walk)) {
    return await read(db, walk, scanBranches(walk))
  }
  const hits = words === undefined ? undefined : await kindOf(db).findText(db, words)
  // The text index has the order of the ids.
  const byText = hits !== undefined && sort === 'id' ? textBranches(walk, hits) : undefined
  if (byText !== undefined && !hasDates(filter) && !hasGroup(filter) && !filter.withRejects) {
    return await read(db, walk, byText)
  }

  const found = [...idsOfIndexes(walk), ...(hits === undefined ? [] : [orNumber(hits, words)])]
  // A status is counted last: by then it is mostly known that others find fewer.
  const fewest = await mostSelective(db, [...found, ...groupIds(filter)], few)
  if (fewest !== undefined) return await read(db, walk, [sortCandidates(walk, fewest)])
  // The index of the labels has the texts with it, and so there is nothing to look up.
  const followed = indexedFilterOf(walk)
  const hasTexts = sort === 'label' && words !== undefined && !hasGroup(followed)
  const first = hasTexts ? undefined : await probeInOrder(db, walk, window)
  if (first !== undefined) return first
  const sets = hasTexts ? idsOfIndexes(walk) : found
  return await read(db, walk, byText ?? scanBranches(walk, followed, sets), sets)
}

async function read(
  db: Db | Trx,
  walk: KeysetQuery,
  indexed: RawBuilder<KeysetPosition>[],
  found?: Ids[],
) {
  const pieces = await withRunning(db, walk, indexed)
  return pieces.length === 0 ? [] : (await joined(pieces, walk, found).execute(db)).rows
}

async function withRunning(db: Db | Trx, walk: KeysetQuery, indexed: RawBuilder<KeysetPosition>[]) {
  return walk.sort === 'duration' ? [...indexed, ...(await runningBranch(db, walk))] : indexed
}

/** The job of that number is found by it, and may have it in its text too. */
function orNumber(hits: Ids, words = ''): Ids {
  const id = numberOf(words)
  return id === undefined ? hits : sql`${hits} union select ${sql.lit(id)} as id`
}

/** Orders that an index over the jobs with rejects has. */
const WITH_REJECTS_IN_ORDER: JobSort[] = ['id', 'status', 'type', 'label', 'ended_at', 'duration']

/** Whether one index has the filter, whatever there is of it, together with the order. */
function isInOrder({ filter, sort }: KeysetQuery): boolean {
  const hasDatesInOrder = !hasDates(filter) || sort === 'started_at'
  const hasRejectsInOrder =
    sort === 'rejects' || (WITH_REJECTS_IN_ORDER.includes(sort) && !hasGroup(filter))
  return hasDatesInOrder && (!filter.withRejects || hasRejectsInOrder)
}

/** What the filter finds by an index that has another order. */
function idsOfIndexes({ filter: { from, to, withRejects }, sort }: KeysetQuery): Ids[] {
  const ids: Ids[] = []
  if (hasDates({ from, to }) && sort !== 'started_at') ids.push(idsWith({ from, to }))
  if (withRejects && sort !== 'rejects') ids.push(idsWith({ withRejects }))
  return ids
}

function groupIds({ status, type, among }: JobFilter): Ids[] {
  const group = { status, type, among }
  return hasGroup(group) ? [idsWith(group)] : []
}

function idsWith(filter: JobFilter): Ids {
  return sql`select job.id from tallyman_job as job where ${conditionsOf(filter, 'indexed')}`
}

/**
 * The ones with the least ids, if those are less than `few`. What is in all of them lies between
 * the first and the last id of each: the next is looked through there only.
 */
async function mostSelective(db: Db | Trx, all: Ids[], few: number): Promise<Ids | undefined> {
  let fewest: Ids | undefined
  let least = few
  let there = sql<boolean>`1 = 1`
  for (const ids of all) {
    const those = sql<{ id: number }>`select hit.id from (${ids}) as hit where ${there}`
    const { rows } = await sql<{ count: number; first: number | null; last: number | null }>`
      select count(*) as count, min(id) as first, max(id) as last
      from (${those} limit ${least}) as counted`.execute(db)
    const [found] = rows
    if (found !== undefined && Number(found.count) < least) {
      fewest = those
      least = Number(found.count)
      there = sql`hit.id between ${asInteger(found.first ?? 0)} and ${asInteger(found.last ?? 0)}`
    }
  }
  return fewest
}

/** Those that match of the first in the order; undefined where these are not enough for the page. */
async function probeInOrder(
  db: Db | Trx,
  walk: KeysetQuery,
  window: number,
): Promise<KeysetPosition[] | undefined> {
  const { filter, limit, sort } = walk
  const { from, to } = filter
  const order = { ...indexedFilterOf(walk), ...(sort === 'started_at' ? { from, to } : {}) }
  const found: KeysetPosition[] = []
  for (let seen = 0, size = FIRST_LOOK; seen < window; seen += size, size *= 2) {
    const look = { ...walk, filter: order, limit: seen + size }
    const pieces = await withRunning(db, look, scanBranches(look))
    if (pieces.length === 0) return found
    found.push(...(await asResidualFilter(pieces, look, filter, seen).execute(db)).rows)
    if (found.length >= limit) return found.slice(0, limit)
    // As thinly as so far, not half of a page would be met.
    if (found.length / (seen + size) < limit / 2 / window) return undefined
  }
  return undefined
}
