import type { Direction, JobSort, ListTab } from '../../src/domain/jobs/job-list.ts'
import type { JobStatus, JobType } from '../../src/domain/states/status.ts'

/** What a list shows, as it stands in its address. Days are written as `2026-01-31`. */
export type ListState = {
  tab?: ListTab | undefined
  status?: JobStatus | undefined
  type?: JobType | undefined
  text?: string | undefined
  from?: string | undefined
  to?: string | undefined
  sort: JobSort
  direction: Direction
  /** Which page; none is the first. */
  cursor?: string | undefined
}

export const FIRST_PAGE: ListState = { sort: 'id', direction: 'desc' }

/** What is as it is without saying so is left out, so that an address stays short. */
export function listQuery(state: ListState): string {
  const query = new URLSearchParams()
  for (const name of ['tab', 'status', 'type', 'text', 'from', 'to'] as const) {
    const value = state[name]
    if (value !== undefined) query.set(name, value)
  }
  if (state.sort !== FIRST_PAGE.sort || state.direction !== FIRST_PAGE.direction) {
    query.set('sort', state.sort)
    query.set('direction', state.direction)
  }
  if (state.cursor !== undefined) query.set('cursor', state.cursor)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** What is asked of many jobs of a list, to which it leads back. */
export function questionQuery(state: ListState, ids: number[]): string {
  const list = listQuery(state)
  return `${list === '' ? '?' : `${list}&`}ids=${ids.join('.')}`
}

/** The first page in another order: the column the other way round, or a new column's usual way. */
export function sortedBy(state: ListState, sort: JobSort): ListState {
  const { cursor: _cursor, ...first } = state
  if (state.sort === sort) {
    return { ...first, direction: state.direction === 'asc' ? 'desc' : 'asc' }
  }
  return { ...first, sort, direction: WORDS.some((word) => word === sort) ? 'asc' : 'desc' }
}

/** Words are read from A, numbers and dates from the greatest. */
const WORDS = ['status', 'label', 'type'] as const satisfies JobSort[]

export function isFiltered({ tab, status, type, text, from, to }: ListState): boolean {
  return [tab, status, type, text, from, to].some((value) => value !== undefined)
}
