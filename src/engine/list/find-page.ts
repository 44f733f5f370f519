// A small query planner for pages of the job list, by keyset pagination. A walk is one such query:
// filter, order, and the position (sort value and id) behind which the page begins.
// An index scan reads jobs in the order of one index; an order without an index over all jobs takes
// one scan per type and status. Where `after` is given, a scan seeks to it in up to two branches:
// equal values with a further id, and values beyond. `union all` merges the branches of a walk.
// A condition is indexed where the index of the scan serves it along with the order. The others are
// the residual filter, which is checked on each job that a scan reads.
import { sql, type RawBuilder } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { JobFilter, JobSort } from '../../domain/jobs/job-list.ts'
import { conditionsOf, hasDates, hasGroup, numberOf, searchedWords } from './job-conditions.ts'
import {
  asResidualFilter,
  sortCandidates,
  joined,
  scanBranches,
  templateBranch,
  textBranches,
  asInteger,
} from './union-branches.ts'
import { runningBranch } from './running-branch.ts'
import { indexedFilterOf } from './index-scans.ts'
import type { KeysetPosition, KeysetQuery, KeysetWalk, Ids } from './keyset-query.ts'

type Effort = {
  /** Fewer candidates than this are read and sorted: faster than a scan through a million jobs. */
  few: number
  /** The probe reads about this many jobs in the order, while enough of them seem to match. */
  window: number
}

const EFFORT: Effort = { few: 5_000, window: 5_000 }
/** Jobs in the first batch of the probe; each further batch is twice as large. */
const FIRST_LOOK = 100
/** Of fewer, nothing is concluded: jobs that are alike often come in a row. */
const LEAST_SEEN = 1_500

/**
 * The positions of the first `limit` matching jobs behind `after`.
 *
 * Type, status and order share an index, so a list filtered by them alone is read by index scans.
 * Text, dates, templates and rejects have indexes of their own: where one of them finds few candidates, these
 * are sorted. Where all find many, a probe in the order of the list soon meets a page of matches;
 * if not, the index of the order is scanned, and each id looked up in the candidate sets. That is
 * slow only where filter and order correlate, so that all matches come late.
 */
export async function findPage(
  db: Db | Trx,
  query: KeysetQuery,
  { few, window }: Effort = EFFORT,
): Promise<KeysetPosition[]> {
  const walk = { ...query, hints: kindOf(db).hints }
  const { filter, sort } = walk
  const words = searchedWords(filter)
  if (words === undefined && isInOrder(walk)) {
    return await read(db, walk, scanBranches(walk))
  }
  if (words === undefined && isTemplateAlone(walk)) {
    return await read(db, walk, [templateBranch(walk)])
  }
  const { findText, findsTextInOrder } = kindOf(db)
  const hits = words === undefined ? undefined : await findText(db, words)
  const inIdOrder = findsTextInOrder && sort === 'id' ? hits : undefined
  const byText = inIdOrder && textBranches(walk, inIdOrder)
  const isText = !hasDates(filter) && !hasGroup(filter) && !filter.withRejects
  if (byText !== undefined && isText && filter.template === undefined) {
    return await read(db, walk, byText)
  }

  // To count a word of many jobs takes as long as to find them all.
  const isProbed = hits !== undefined && !findsTextInOrder
  const first = isProbed ? await probeInOrder(db, walk, window) : undefined
  if (first !== undefined) return first
  const found = [...idsOfIndexes(walk), ...(hits === undefined ? [] : [orNumber(hits, words)])]
  // The group is counted last: mostly another condition has proved more selective by then.
  const fewest = await mostSelective(db, [...found, ...groupIds(filter)], few)
  if (fewest !== undefined) return await read(db, walk, [sortCandidates(walk, fewest)])
  // The label index covers the texts, so the scan itself checks them without lookups.
  const followed = indexedFilterOf(walk)
  const hasTexts = sort === 'label' && words !== undefined && !hasGroup(followed)
  const next = hasTexts || isProbed ? undefined : await probeInOrder(db, walk, window)
  if (next !== undefined) return next
  if (byText === undefined && isTemplateInOrder(walk)) {
    return await read(db, walk, [templateBranch(walk)])
  }
  const sets = hasTexts ? idsOfIndexes(walk) : found
  return await read(db, walk, byText ?? scanBranches(walk, followed, sets), sets)
}

async function read(
  db: Db | Trx,
  walk: KeysetWalk,
  indexed: RawBuilder<KeysetPosition>[],
  found?: Ids[],
) {
  const pieces = await withRunning(db, walk, indexed)
  return pieces.length === 0 ? [] : (await joined(pieces, walk, found).execute(db)).rows
}

async function withRunning(db: Db | Trx, walk: KeysetWalk, indexed: RawBuilder<KeysetPosition>[]) {
  return walk.sort === 'duration' ? [...indexed, ...(await runningBranch(db, walk))] : indexed
}

/** Adds the job whose id the text is; `union` drops it where its text matches too. */
function orNumber(hits: Ids, words = ''): Ids {
  const id = numberOf(words)
  return id === undefined ? hits : sql`${hits} union select ${sql.lit(id)} as id`
}

/** Orders for which there is an index over the jobs with rejects. */
const WITH_REJECTS_IN_ORDER: JobSort[] = ['id', 'status', 'type', 'label', 'ended_at', 'duration']

/** Whether the index of the order serves the whole filter (apart from the text). */
function isInOrder({ filter, sort }: KeysetQuery): boolean {
  const hasDatesInOrder = !hasDates(filter) || sort === 'started_at'
  const hasRejectsInOrder =
    sort === 'rejects' || (WITH_REJECTS_IN_ORDER.includes(sort) && !hasGroup(filter))
  const hasOthersInOrder = hasDatesInOrder && filter.template === undefined
  return hasOthersInOrder && (!filter.withRejects || hasRejectsInOrder)
}

/** Whether the index of templates serves the order. */
function isTemplateInOrder({ filter, sort }: KeysetQuery): boolean {
  return sort === 'id' && filter.template !== undefined
}

/** Whether it serves the whole filter too (apart from the text). */
function isTemplateAlone(query: KeysetQuery): boolean {
  const { filter } = query
  const hasMore = hasDates(filter) || hasGroup(filter) || filter.withRejects === true
  return isTemplateInOrder(query) && !hasMore
}

/** The sets of ids that dates, a template and rejects find by indexes of another order. */
function idsOfIndexes({ filter, sort }: KeysetQuery): Ids[] {
  const { from, to, template, withRejects } = filter
  const ids: Ids[] = []
  if (template !== undefined) ids.push(idsWith({ template }))
  if (hasDates({ from, to }) && sort !== 'started_at') ids.push(idsWith({ from, to }))
  if (withRejects && sort !== 'rejects') ids.push(idsWith({ withRejects }))
  return ids
}

function groupIds({ status, type, among }: JobFilter): Ids[] {
  const group = { status, type, among }
  return hasGroup(group) ? [idsWith(group)] : []
}

function idsWith(filter: JobFilter): Ids {
  return sql`select job.id from tallyman_job as job where ${conditionsOf(filter)}`
}

/**
 * The set with the fewest ids, if it has fewer than `few`. Ids that are in all sets lie between the
 * first and the last id of each, so each further set is counted only within that range.
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

/** The matches among the first jobs in the order; undefined where they are too few for a page. */
async function probeInOrder(
  db: Db | Trx,
  walk: KeysetWalk,
  window: number,
): Promise<KeysetPosition[] | undefined> {
  const { filter, limit, sort } = walk
  const { from, to } = filter
  const order = { ...indexedFilterOf(walk), ...(sort === 'started_at' ? { from, to } : {}) }
  const found: KeysetPosition[] = []
  for (let seen = 0, size = FIRST_LOOK; seen < window; seen += size, size *= 2) {
    const look = { ...walk, filter: order, limit: seen + size }
    const pieces = isTemplateInOrder(walk)
      ? [templateBranch({ ...look, filter: { template: filter.template } })]
      : await withRunning(db, look, scanBranches(look))
    if (pieces.length === 0) return found
    found.push(...(await asResidualFilter(pieces, look, filter, seen).execute(db)).rows)
    if (found.length >= limit) return found.slice(0, limit)
    // At this density, the whole window would not give half a page.
    const isSparse = found.length / (seen + size) < limit / 2 / window
    if (isSparse && seen + size >= LEAST_SEEN) return undefined
  }
  return undefined
}
