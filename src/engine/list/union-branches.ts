import { sql, type RawBuilder } from 'kysely'
import type { JobFilter } from '../../domain/jobs/job-list.ts'
import { NO_HINTS } from '../../db/planner-hints.ts'
import {
  allOf,
  conditionsOf,
  hasGroup,
  numberOf,
  rejectsCondition,
  searchedWords,
} from './job-conditions.ts'
import { scansOf, valueOf, type IndexedFilter, type IndexScan } from './index-scans.ts'
import type { Ids, KeysetPosition, KeysetWalk } from './keyset-query.ts'

export type UnionBranch = RawBuilder<KeysetPosition>
type Condition = RawBuilder<boolean>

/** Merges branches in the order of the walk, up to its limit. */
export function joined(pieces: UnionBranch[], walk: KeysetWalk, found: Ids[] = []): UnionBranch {
  return sql`${setsOf(found)} ${united(pieces, walk)} limit ${walk.limit}`
}

function united(pieces: UnionBranch[], { direction }: KeysetWalk): RawBuilder<unknown> {
  const order = sql.raw(direction)
  return sql`select id, value from (${sql.join(pieces, sql` union all `)}) as place
             order by value ${order}, id ${order}`
}

/** Materializes each set of ids once (CTE), for all branches that look ids up in it. */
function setsOf(found: Ids[]): RawBuilder<unknown> {
  const sets = found.map((ids, n) => sql`${setOf(n)} (id) as materialized (${ids})`)
  return sets.length === 0 ? sql`` : sql`with ${sql.join(sets)}`
}

function setOf(n: number): RawBuilder<unknown> {
  return sql.ref(`found_${n}`)
}

/** Skips the first `seen` jobs of the branches and applies the whole filter to the others. */
export function asResidualFilter(
  pieces: UnionBranch[],
  walk: KeysetWalk,
  filter: JobFilter,
  seen: number,
): UnionBranch {
  const order = sql.raw(walk.direction)
  return sql`
    select place.id, place.value
    from (${united(pieces, walk)} limit ${walk.limit - seen} offset ${seen}) as place ${walk.hints.inOrderWith} tallyman_job as job
    where job.id = place.id and ${conditionsOf(filter, walk.hints)}
    order by place.value ${order}, place.id ${order}`
}

/**
 * The branches of all index scans, from behind `after`; `followed` is the indexed filter, the rest
 * is residual. `found` are the ids that other indexes match, which `joined` materializes: a lookup
 * there is cheaper than reading the job.
 */
export function scanBranches(
  walk: KeysetWalk,
  followed: IndexedFilter = walk.filter,
  found: Ids[] = [],
): UnionBranch[] {
  const { status, type, among, template, withRejects, ...others } = walk.filter
  const looked = { template, ...(hasGroup(followed) ? {} : { status, type, among }) }
  // Without its index: otherwise the planner would start from these ids and lose the order.
  const id = walk.hints.unindexedNumber(sql.ref('job.id'))
  const isFound = found.map((_, n) => sql<boolean>`${id} in (select id from ${setOf(n)})`)
  const dates = walk.sort === 'started_at' ? NO_HINTS : walk.hints
  const rejects = rejectsCondition(walk.sort === 'rejects' ? NO_HINTS : walk.hints)
  const rest = allOf([
    ...isFound,
    conditionsOf(looked, walk.hints),
    conditionsOf(others, dates),
    ...(withRejects === true ? [rejects] : []),
  ])
  return scansOf(walk.sort, followed).flatMap((stream) => branchesOfScan(stream, rest, walk))
}

/** The jobs of a template that match the filter, by its index, in the order of the ids. */
export function templateBranch(walk: KeysetWalk): UnionBranch {
  const { filter, after, direction, limit, hints } = walk
  const { template, ...others } = filter
  const order = sql.raw(direction)
  const conditions = [sql<boolean>`job.template = ${template}`, conditionsOf(others, hints)]
  if (after !== undefined) conditions.push(sql`job.id ${beyond(walk)} ${after.id}`)
  return sql`select * from (
    select job.id, 0 as value from tallyman_job as job
    where ${allOf(conditions)} order by job.id ${order} limit ${limit}) as piece`
}

/** The branches that scan the text index, in the order of the ids. */
export function textBranches(walk: KeysetWalk, hits: Ids): UnionBranch[] {
  const { filter, after } = walk
  const id = numberOf(searchedWords(filter) ?? '')
  const conditions = [conditionsOf(filter, walk.hints)]
  if (after !== undefined) conditions.push(sql`hit.id ${beyond(walk)} ${asInteger(after.id)}`)
  if (id === undefined) return [textBranch(walk, hits, conditions)]

  // The job whose id the text is gets its own branch: its text may match too.
  const itself = sql<{ id: number }>`select id from tallyman_job where id = ${id}`
  return [
    textBranch(walk, hits, [...conditions, sql`hit.id <> ${id}`]),
    textBranch(walk, itself, conditions),
  ]
}

/** An id as a bound that the text index seeks to, instead of reading from its start. */
export function asInteger(id: number): RawBuilder<number> {
  return sql`cast(${id} as integer)`
}

/** The few jobs of `ids` that match the filter, sorted without an index. */
export function sortCandidates(walk: KeysetWalk, ids: Ids): UnionBranch {
  const { filter, sort, after } = walk
  const value = valueOf(sort)
  const conditions = [conditionsOf(filter, walk.hints)]
  if (sort === 'duration') conditions.push(sql`job.running_since is null`)
  if (after !== undefined) conditions.push(behind(value, after, walk))
  const order = sql.raw(walk.direction)
  const { first, inOrderWith } = walk.hints
  const matching = sql<KeysetPosition>`
    select job.id, ${value} as value from (${first(ids)}) as hit ${inOrderWith} tallyman_job as job
    where job.id = hit.id and ${allOf(conditions)}`
  return sql`select * from (
    select id, value from (${first(matching)}) as match
    order by value ${order}, id ${order} limit ${walk.limit}) as piece`
}

/** Behind a position come equal values with a further id, then values beyond. */
function branchesOfScan(stream: IndexScan, rest: Condition, walk: KeysetWalk): UnionBranch[] {
  const { after } = walk
  const { value, conditions } = stream
  const piece = (more: Condition[], sorted = value === undefined ? [] : [value]) =>
    scanBranch(stream, [...conditions, ...more, rest], sorted, walk)
  if (after === undefined) return [piece([])]

  const further = sql<boolean>`job.id ${beyond(walk)} ${after.id}`
  if (value === undefined) {
    if (stream.constant === after.value) return [piece([further])]
    return stream.constant > after.value === (walk.direction === 'asc') ? [piece([])] : []
  }
  return [
    piece([sql`${value} = ${after.value}`, further], []),
    piece([sql`${value} ${beyond(walk)} ${after.value}`]),
  ]
}

function scanBranch(
  { value, constant }: IndexScan,
  conditions: Condition[],
  sorted: RawBuilder<unknown>[],
  walk: KeysetWalk,
): UnionBranch {
  const by = [...sorted, sql`job.id`].map((each) => sql`${each} ${sql.raw(walk.direction)}`)
  return sql`select * from (
    select job.id, ${value ?? sql.lit(constant)} as value from tallyman_job as job
    where ${allOf(conditions)} order by ${sql.join(by)} limit ${walk.limit}) as piece`
}

function textBranch(walk: KeysetWalk, hits: Ids, conditions: Condition[]): UnionBranch {
  return sql`select * from (
    select hit.id, 0 as value from (${hits}) as hit ${walk.hints.inOrderWith} tallyman_job as job
    where job.id = hit.id and ${allOf(conditions)}
    order by hit.id ${sql.raw(walk.direction)} limit ${walk.limit}) as piece`
}

function behind(value: RawBuilder<unknown>, after: KeysetPosition, walk: KeysetWalk): Condition {
  const sign = beyond(walk)
  return sql`(${value} ${sign} ${after.value}
              or (${value} = ${after.value} and job.id ${sign} ${after.id}))`
}

function beyond({ direction }: Pick<KeysetWalk, 'direction'>) {
  return sql.raw(direction === 'asc' ? '>' : '<')
}
