import { sql, type RawBuilder } from 'kysely'
import type { JobFilter, JobSort } from '../../domain/jobs/job-list.ts'
import { isHeld, isOver, JOB_STATUSES, JOB_TYPES } from '../../domain/states/status.ts'
import type { JobStatus, JobType } from '../../domain/states/status.ts'
import { hasGroup, statusesOf } from './job-conditions.ts'
import type { KeysetQuery } from './keyset-query.ts'

/** Jobs that one index gives in their order; jobs that are equal in it, in that of their ids. */
export type IndexScan = Order & { conditions: RawBuilder<boolean>[] }

/** What an index is sorted by, or what stands for it where all its jobs are equal in it. */
type Order =
  | { value: RawBuilder<unknown>; constant?: undefined }
  | { value?: undefined; constant: string | number }

type Group = { type: JobType; status: JobStatus }
/** What of the filter the indexes serve together with the order. */
export type IndexedFilter = Pick<JobFilter, 'status' | 'type' | 'among'>

/** A job that is not over yet ends after all others. */
const NEVER = '9999-12-31T23:59:59.999Z'
/** The duration of a job that is held grows by itself: no index can know it. */
const AT_REST = sql<boolean>`job.running_since is null`

/** What a list in this order is put together from. */
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
 * What of the filter a search follows in its streams. A type alone is looked at in each job: it
 * would cut the list into ten, each of them to be searched.
 */
export function indexedFilterOf({
  filter: { status, type, among },
  sort,
}: KeysetQuery): IndexedFilter {
  const isWhole = status === undefined && among === undefined && WHOLE[sort] !== undefined
  return isWhole ? {} : { status, type, among }
}

/** What a job is sorted by. */
export function valueOf(sort: JobSort): RawBuilder<unknown> {
  if (sort === 'status') return rankIn(JOB_STATUSES, 'job.status')
  if (sort === 'type') return rankIn(JOB_TYPES, 'job.type')
  const { value, constant } = WHOLE[sort] ?? { constant: 0 }
  return value ?? sql.lit(constant)
}

/** Orders that an index over all jobs has. */
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

/** Orders that an index over the jobs of one type and status has. */
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
