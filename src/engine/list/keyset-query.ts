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

export type Ids = RawBuilder<{ id: number }>
