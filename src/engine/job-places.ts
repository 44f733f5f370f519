import { sql, type RawBuilder } from 'kysely'
import { findText } from '../db/job-text.ts'
import type { Db, Trx } from '../db/store.ts'
import type { Direction, JobFilter, JobSort } from '../domain/job-list.ts'
import { conditionsOf, hasDates, hasGroup, wordsOf } from './job-conditions.ts'
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

/** So many jobs are read and sorted in a few milliseconds. */
const FEW = 5_000

/** The places of the first jobs that match, from behind `after`. */
export async function findPlaces(
  db: Db | Trx,
  walk: JobWalk,
  { few = FEW }: { few?: number } = {},
): Promise<JobPlace[]> {
  const pieces = await piecesOf(db, walk, few)
  if (walk.sort === 'duration') pieces.push(...(await runningPiece(db, walk)))
  if (pieces.length === 0) return []
  return (await joined(pieces, walk).execute(db)).rows
}

/**
 * Type, status and order have an index together, and so a list that is narrowed by them alone is
 * read as it is shown. For a text or dates the jobs are taken from the narrowest index that finds
 * few of them, and sorted; where each finds many, those that do not match are passed over.
 */
async function piecesOf(
  db: Db | Trx,
  walk: JobWalk,
  limit: number,
): Promise<RawBuilder<JobPlace>[]> {
  const { filter, sort } = walk
  const words = wordsOf(filter)
  const isInOrderOfDates = sort === 'started_at' && words === undefined
  if (words === undefined && (!hasDates(filter) || isInOrderOfDates)) return streamPieces(walk)

  const hits = words === undefined ? undefined : await findText(db, words)
  const canWalkText = sort === 'id' && hits !== undefined
  if (canWalkText && !hasDates(filter) && !hasGroup(filter)) return textPieces(walk, hits)

  const few = await fewest(db, [hits, ...indexedIds(filter)], limit)
  if (few !== undefined) return [gatheredPiece(walk, few)]
  return canWalkText ? textPieces(walk, hits) : streamPieces(walk)
}

type Ids = RawBuilder<{ id: number }>

function indexedIds({ status, type, from, to }: JobFilter): Ids[] {
  const ids: Ids[] = []
  if (from !== undefined || to !== undefined) ids.push(idsWith({ from, to }))
  if (status !== undefined || type !== undefined) ids.push(idsWith({ status, type }))
  return ids
}

function idsWith(filter: JobFilter): Ids {
  return sql`select job.id from tallyman_job as job where ${conditionsOf(filter, 'indexed')}`
}

/** The one with the least ids, if those are less than `few`. */
async function fewest(
  db: Db | Trx,
  all: (Ids | undefined)[],
  few: number,
): Promise<Ids | undefined> {
  let best: { ids: Ids; count: number } | undefined
  for (const ids of all) {
    if (ids === undefined) continue
    const limit = best?.count ?? few
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from (select 1 from (${ids}) as hit limit ${limit}) as counted
    `.execute(db)
    const count = Number(rows[0]?.count)
    if (count < limit) best = { ids, count }
  }
  return best?.ids
}
