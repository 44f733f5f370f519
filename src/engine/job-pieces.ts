import { sql, type RawBuilder } from 'kysely'
import type { Db, Trx } from '../db/store.ts'
import { durationOf } from '../domain/job.ts'
import { HELD_STATUSES } from '../domain/status.ts'
import { allOf, conditionsOf, numberOf, wordsOf } from './job-conditions.ts'
import type { Ids, JobPlace, JobWalk } from './job-places.ts'
import { streamsOf, valueOf, type Stream } from './job-streams.ts'

type Piece = RawBuilder<JobPlace>
type Condition = RawBuilder<boolean>

/** The first of what several pieces find, all in the one order. */
export function joined(pieces: Piece[], { direction, limit }: JobWalk): Piece {
  const order = sql.raw(direction)
  return sql`select id, value from (${sql.join(pieces, sql` union all `)}) as place
             order by value ${order}, id ${order} limit ${limit}`
}

/**
 * Every stream by its index, from behind the place. `found` are the ids that other indexes know to
 * match: to look for an id there is cheaper than to read the job.
 */
export function streamPieces(walk: JobWalk, found: Ids[] = []): Piece[] {
  const filter = { ...walk.filter, status: undefined, type: undefined }
  const dates = walk.sort === 'started_at' ? 'indexed' : 'checked'
  // As a sum, since a database would else begin with these ids and lose the order.
  const isFound = found.map((ids) => sql<boolean>`(job.id + 0) in (${ids})`)
  const rest = allOf([...isFound, conditionsOf(filter, dates)])
  return streamsOf(walk).flatMap((stream) => piecesOfStream(stream, rest, walk))
}

/** By the text index, in the order of the ids. */
export function textPieces(walk: JobWalk, hits: Ids): Piece[] {
  const { filter, after } = walk
  const id = numberOf(wordsOf(filter) ?? '')
  const conditions = [conditionsOf(filter, 'checked')]
  if (after !== undefined) conditions.push(sql`hit.id ${beyond(walk)} ${after.id}`)
  if (id === undefined) return [textPiece(walk, hits, conditions)]

  // The job of that number is found by it, and may have it in its text too.
  const itself = sql<{ id: number }>`select id from tallyman_job where id = ${id}`
  return [
    textPiece(walk, hits, [...conditions, sql`hit.id <> ${id}`]),
    textPiece(walk, itself, conditions),
  ]
}

/** The few that are found by `ids` and match, sorted. */
export function gatheredPiece(walk: JobWalk, ids: Ids): Piece {
  const { filter, sort, after } = walk
  const value = valueOf(sort)
  const conditions = [conditionsOf(filter, 'checked')]
  if (sort === 'duration') conditions.push(sql`job.running_since is null`)
  if (after !== undefined) conditions.push(behind(value, after, walk))
  const order = sql.raw(walk.direction)
  return sql`select * from (
    select job.id, ${value} as value from (${ids}) as hit cross join tallyman_job as job
    where job.id = hit.id and ${allOf(conditions)}
    order by value ${order}, job.id ${order} limit ${walk.limit}) as piece`
}

/** Jobs that run have a duration of their own at every moment; they are few. */
export async function runningPiece(db: Db | Trx, walk: JobWalk): Promise<Piece[]> {
  const { filter, after, direction, limit, now } = walk
  const { rows } = await sql<{ id: number; duration_ms: number; running_since: string }>`
    select id, duration_ms, running_since from tallyman_job as job
    where status in (${sql.join([...HELD_STATUSES])}) and ${conditionsOf(filter, 'checked')}
  `.execute(db)
  const sign = direction === 'asc' ? 1 : -1
  const places = rows
    .map((row) => ({ id: row.id, value: durationOf(row, now) }))
    .filter((place) => after === undefined || sign * compare(place, after) > 0)
    .sort((a, b) => sign * compare(a, b))
    .slice(0, limit)
    .map(({ id, value }) => sql`(${sql.lit(id)}, ${sql.lit(value)})`)
  return places.length === 0
    ? []
    : [sql`select column1 as id, column2 as value from (values ${sql.join(places)}) as running`]
}

function compare(a: JobPlace, b: JobPlace): number {
  return Number(a.value) - Number(b.value) || a.id - b.id
}

/** Behind a place come those that are equal to it and have a further id, and those beyond. */
function piecesOfStream(stream: Stream, rest: Condition, walk: JobWalk): Piece[] {
  const { after } = walk
  const { column, conditions } = stream
  const piece = (more: Condition[]) => streamPiece(stream, [...conditions, ...more, rest], walk)
  if (after === undefined) return [piece([])]

  const further = sql<boolean>`job.id ${beyond(walk)} ${after.id}`
  if (column === undefined) {
    if (stream.constant === after.value) return [piece([further])]
    return stream.constant > after.value === (walk.direction === 'asc') ? [piece([])] : []
  }
  const value = sql.ref(`job.${column}`)
  return [
    piece([sql`${value} = ${after.value}`, further]),
    piece([sql`${value} ${beyond(walk)} ${after.value}`]),
  ]
}

function streamPiece(stream: Stream, conditions: Condition[], walk: JobWalk): Piece {
  const { column, constant } = stream
  const order = sql.raw(walk.direction)
  const value = column === undefined ? sql.lit(constant) : sql.ref(`job.${column}`)
  const by = column === undefined ? sql`` : sql`${value} ${order}, `
  return sql`select * from (
    select job.id, ${value} as value from tallyman_job as job
    where ${allOf(conditions)} order by ${by}job.id ${order} limit ${walk.limit}) as piece`
}

function textPiece(walk: JobWalk, hits: Ids, conditions: Condition[]): Piece {
  return sql`select * from (
    select hit.id, 0 as value from (${hits}) as hit cross join tallyman_job as job
    where job.id = hit.id and ${allOf(conditions)}
    order by hit.id ${sql.raw(walk.direction)} limit ${walk.limit}) as piece`
}

function behind(value: RawBuilder<unknown>, after: JobPlace, walk: JobWalk): Condition {
  const sign = beyond(walk)
  return sql`(${value} ${sign} ${after.value}
              or (${value} = ${after.value} and job.id ${sign} ${after.id}))`
}

function beyond({ direction }: JobWalk) {
  return sql.raw(direction === 'asc' ? '>' : '<')
}
