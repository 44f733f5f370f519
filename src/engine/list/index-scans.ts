import { sql, type RawBuilder } from 'kysely'
import type { JobFilter, JobSort } from '../../domain/jobs/job-list.ts'
import { isHeld, isOver, JOB_STATUSES, JOB_TYPES } from '../../domain/states/status.ts'
import type { JobStatus, JobType } from '../../domain/states/status.ts'
import { hasGroup, statusesOf } from './job-conditions.ts'
import type { KeysetQuery } from './keyset-query.ts'

/** An index scan: the jobs that meet its conditions, in the order of one index, then by id. */
export type IndexScan = Order & { conditions: RawBuilder<boolean>[] }

/** The sort expression of an index, or a constant where it is the same for all jobs of the scan. */
type Order =
  | { value: RawBuilder<unknown>; constant?: undefined }
  | { value?: undefined; constant: string | number }

type Group = { type: JobType; status: JobStatus }
/** The part of a filter that the indexes serve together with the order. */
export type IndexedFilter = Pick<JobFilter, 'status' | 'type' | 'among'>

/** Sort value for the end of a job that is not over: it comes after all others. */
const NEVER = '9999-12-31T23:59:59.999Z'
/** The duration of a held job changes every moment, so no index can hold it. */
const AT_REST = sql<boolean>`job.running_since is null`

/** The index scans whose merged results are the list in this order. */
export function scansOf(sort: JobSort, filter: IndexedFilter): IndexScan[] {
  const whole = WHOLE[sort]
  if (whole !== undefined && !hasGroup(filter)) return [whole]

  const types = filter.type === undefined ? JOB_TYPES : [filter.type]
  return types
    .flatMap((type) => statusesOf(filter).map((status) => ({ type, status })))
    .flatMap((group) => {
      const order = orderWithin(group, sort)
      return order === undefined ? [] : [{ ...order, conditions: conditionsOn(group) }]
    })
}

/**
 * The part of the filter that the scans of a walk apply. A filter by type alone is residual: as a
 * condition of scans it would split the walk into ten of them, each to be searched.
 */
export function indexedFilterOf({
  filter: { status, type, among },
  sort,
}: KeysetQuery): IndexedFilter {
  const isWhole = status === undefined && among === undefined && WHOLE[sort] !== undefined
  return isWhole ? {} : { status, type, among }
}

/** The sort expression over `job`. */
export function valueOf(sort: JobSort): RawBuilder<unknown> {
  if (sort === 'status') return rankIn(JOB_STATUSES, 'job.status')
  if (sort === 'type') return rankIn(JOB_TYPES, 'job.type')
  const { value, constant } = WHOLE[sort] ?? { constant: 0 }
  return value ?? sql.lit(constant)
}

/** Orders for which there is an index over all jobs. */
const WHOLE: Record<JobSort, IndexScan | undefined> = {
  id: { constant: 0, conditions: [] },
  label: { value: sql`job.label_key`, conditions: [] },
  started_at: { value: sql`job.dated_at`, conditions: [] },
  ended_at: { value: sql`coalesce(job.ended_at, ${sql.lit(NEVER)})`, conditions: [] },
  duration: { value: sql`job.duration_ms`, conditions: [AT_REST] },
  processed: { value: sql`job.processed`, conditions: [] },
  rejects: { value: sql`job.rejects`, conditions: [] },
  status: undefined,
  type: undefined,
}

/** The order of the index over jobs of one type and status; undefined where there is none. */
function orderWithin({ type, status }: Group, sort: JobSort): Order | undefined {
  if (sort === 'status') return { constant: JOB_STATUSES.indexOf(status) }
  if (sort === 'type') return { constant: JOB_TYPES.indexOf(type) }
  if (sort === 'ended_at')
    return isOver(status) ? { value: sql`job.ended_at` } : { constant: NEVER }
  if (sort === 'duration' && isHeld(status)) return undefined
  return WHOLE[sort]
}

function conditionsOn({ type, status }: Group): RawBuilder<boolean>[] {
  return [sql`job.type = ${type}`, sql`job.status = ${status}`]
}

function rankIn(all: readonly string[], column: string): RawBuilder<unknown> {
  const cases = all.map((each, rank) => sql`when ${sql.lit(each)} then ${sql.lit(rank)}`)
  return sql`case ${sql.ref(column)} ${sql.join(cases, sql` `)} end`
}
