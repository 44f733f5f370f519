import type { PlannerHints } from '../../db/planner-hints.ts'
import type { RawBuilder } from 'kysely'
import type { Direction, JobFilter, JobSort } from '../../domain/jobs/job-list.ts'

/** The position of a job in a sorted list: its sort value, and its id as the tie-breaker. */
export type KeysetPosition = { value: string | number; id: number }

export type KeysetQuery = {
  filter: JobFilter
  sort: JobSort
  direction: Direction
  after: KeysetPosition | undefined
  limit: number
  now: Date
}

/** The same on a database whose planner takes these hints. */
export type KeysetWalk = KeysetQuery & { hints: PlannerHints }

export type Ids = RawBuilder<{ id: number }>
