import type { Context } from 'hono'
import { FIRST_PAGE, type ListState } from '../../views/jobs/list-url.ts'
import { MAX_JOBS_AT_ONCE } from '../engine/command-jobs.ts'
import { DIRECTIONS, JOB_SORTS, type JobFilter } from '../domain/job-list.ts'
import { JOB_STATUSES, JOB_TYPES } from '../domain/status.ts'
import type { AppEnv } from './env.ts'
import { oneOf } from './params.ts'
import { startOfDay } from './start-of-day.ts'

/** What the address of a list says; what it says wrongly is as if it were not there. */
export function stateOf(c: Context<AppEnv>): ListState {
  const query = (name: string) => c.req.query(name)?.trim() || undefined
  return {
    status: oneOf(JOB_STATUSES, query('status')),
    type: oneOf(JOB_TYPES, query('type')),
    text: query('text')?.slice(0, 200),
    from: dayOf(query('from')),
    to: dayOf(query('to')),
    sort: oneOf(JOB_SORTS, query('sort')) ?? FIRST_PAGE.sort,
    direction: oneOf(DIRECTIONS, query('direction')) ?? FIRST_PAGE.direction,
    cursor: query('cursor'),
  }
}

/** Days as the operator's zone has them, the last one to its end. */
export function filterOf({ status, type, text, from, to }: ListState, timeZone: string): JobFilter {
  return {
    status,
    type,
    text,
    from: from === undefined ? undefined : startOfDay(from, 0, timeZone),
    to: to === undefined ? undefined : startOfDay(to, 1, timeZone),
  }
}

/** The jobs of an address: no more than a page can show. */
export function idsOf(text: string | undefined): number[] {
  return numbersIn(text ?? '').slice(0, MAX_JOBS_AT_ONCE)
}

/** Numbers of jobs with points between. */
export function numbersIn(text: string): number[] {
  return text
    .split('.')
    .filter((id) => /^\d{1,15}$/.test(id))
    .map(Number)
}

/** A day that there is; `Date` takes the 31st of February for the 3rd of March. */
function dayOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const instant = Date.parse(text)
  const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
  return isDay ? text : undefined
}
