import type { Direction, JobSort, ListTab } from '../../src/domain/jobs/job-list.ts'
import type { JobStatus, JobType } from '../../src/domain/states/status.ts'

/** The state of a list, as in its query. Days are written as `2026-01-31`. */
export type ListState = {
  tab?: ListTab | undefined
  status?: JobStatus | undefined
  type?: JobType | undefined
  text?: string | undefined
  /** The key of a template. */
  template?: string | undefined
  from?: string | undefined
  to?: string | undefined
  sort: JobSort
  direction: Direction
  /** Cursor of the page; undefined is the first. */
  cursor?: string | undefined
}

export const FIRST_PAGE: ListState = { sort: 'id', direction: 'desc' }

const LIST_FILTERS = ['tab', 'status', 'type', 'template', 'text', 'from', 'to'] as const

/** The query of a list, without defaults. */
export function listQuery(state: ListState): string {
  const query = new URLSearchParams()
  for (const name of LIST_FILTERS) {
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

/** The query of the page that asks about these jobs and returns to the list. */
export function questionQuery(state: ListState, ids: number[]): string {
  const list = listQuery(state)
  return `${list === '' ? '?' : `${list}&`}ids=${ids.join('.')}`
}

/**
 * The first page sorted by the column: in its default direction, or reversed if already sorted by
 * it.
 */
export function sortBy(state: ListState, sort: JobSort): ListState {
  const { cursor: _cursor, ...first } = state
  if (state.sort === sort) {
    return { ...first, direction: state.direction === 'asc' ? 'desc' : 'asc' }
  }
  return {
    ...first,
    sort,
    direction: ASCENDING_SORTS.some((word) => word === sort) ? 'asc' : 'desc',
  }
}

/** Columns that sort ascending by default; numbers and dates start with the greatest. */
const ASCENDING_SORTS = ['status', 'label', 'type'] as const satisfies JobSort[]

export function isFiltered(state: ListState): boolean {
  return LIST_FILTERS.some((name) => state[name] !== undefined)
}
