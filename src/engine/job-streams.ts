import { sql, type RawBuilder } from 'kysely'
import type { JobSort } from '../domain/job-list.ts'
import { isHeld, isOver, JOB_STATUSES, JOB_TYPES } from '../domain/status.ts'
import type { JobStatus, JobType } from '../domain/status.ts'
import { hasGroup } from './job-conditions.ts'
import type { JobWalk } from './job-places.ts'

/** A column that an index is sorted by, or what stands for it where all jobs are equal in it. */
type Order =
  { column: string; constant?: undefined } | { column?: undefined; constant: string | number }

/** Jobs that one index gives in their order; jobs that are equal in it, in that of their ids. */
export type Stream = Order & { conditions: RawBuilder<boolean>[] }

/** A job that is not over yet ends after all others. */
const NEVER = '9999-12-31T23:59:59.999Z'

type Group = { type: JobType; status: JobStatus }

/** What a list in this order is put together from. */
export function streamsOf({ filter, sort }: JobWalk): Stream[] {
  const whole = WHOLE[sort]
  if (whole !== undefined && !hasGroup(filter)) return [{ ...whole, conditions: [] }]

  const types = filter.type === undefined ? JOB_TYPES : [filter.type]
  const statuses = filter.status === undefined ? JOB_STATUSES : [filter.status]
  return types
    .flatMap((type) => statuses.map((status) => ({ type, status })))
    .flatMap((group) => {
      const order = whole ?? orderWithin(group, sort)
      return order === undefined ? [] : [{ ...order, conditions: conditionsOn(group) }]
    })
}

/** What a job is sorted by. */
export function valueOf(sort: JobSort): RawBuilder<unknown> {
  if (sort === 'status') return rankIn(JOB_STATUSES, 'job.status')
  if (sort === 'type') return rankIn(JOB_TYPES, 'job.type')
  if (sort === 'ended_at') return sql`coalesce(job.ended_at, ${sql.lit(NEVER)})`
  const { column, constant } = WHOLE[sort] ?? { column: 'duration_ms' }
  return column === undefined ? sql.lit(constant) : sql.ref(`job.${column}`)
}

/** Orders that an index over all jobs has, and one over each type and status as well. */
const WHOLE: Record<JobSort, Order | undefined> = {
  id: { constant: 0 },
  label: { column: 'label_key' },
  started_at: { column: 'dated_at' },
  processed: { column: 'processed' },
  rejects: { column: 'rejects' },
  status: undefined,
  type: undefined,
  ended_at: undefined,
  duration: undefined,
}

function orderWithin({ type, status }: Group, sort: JobSort): Order | undefined {
  if (sort === 'status') return { constant: JOB_STATUSES.indexOf(status) }
  if (sort === 'type') return { constant: JOB_TYPES.indexOf(type) }
  if (sort === 'ended_at') return isOver(status) ? { column: 'ended_at' } : { constant: NEVER }
  // The duration of a job that is held grows by itself: no index can know it.
  return isHeld(status) ? undefined : { column: 'duration_ms' }
}

function conditionsOn({ type, status }: Group): RawBuilder<boolean>[] {
  return [sql`job.type = ${type}`, sql`job.status = ${status}`]
}

function rankIn(all: readonly string[], column: string): RawBuilder<unknown> {
  const cases = all.map((each, rank) => sql`when ${sql.lit(each)} then ${sql.lit(rank)}`)
  return sql`case ${sql.ref(column)} ${sql.join(cases, sql` `)} end`
}
