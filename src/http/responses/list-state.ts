import type { Context } from 'hono'
import { FIRST_PAGE, type ListState } from '../../../views/list/list-url.ts'
import { MAX_JOBS_AT_ONCE } from '../../engine/lifecycle/command-jobs.ts'
import {
  DIRECTIONS,
  JOB_SORTS,
  LIST_TABS,
  TAB_FILTERS,
  type JobFilter,
} from '../../domain/jobs/job-list.ts'
import { JOB_STATUSES, JOB_TYPES } from '../../domain/states/status.ts'
import type { AppEnv } from '../ground/env.ts'
import { oneOf } from '../ground/params.ts'
import { startOfDay } from './start-of-day.ts'

/** The list state in the URL's query; invalid values are omitted and listed by `wrongPartsOf`. */
export function listStateOf(c: Context<AppEnv>): ListState {
  const query = (name: string) => c.req.query(name)?.trim() || undefined
  return {
    tab: oneOf(LIST_TABS, query('tab')),
    status: oneOf(JOB_STATUSES, query('status')),
    type: oneOf(JOB_TYPES, query('type')),
    template: keyOf(query('template')),
    text: query('text')?.slice(0, 200),
    from: dayOf(query('from')),
    to: dayOf(query('to')),
    sort: oneOf(JOB_SORTS, query('sort')) ?? FIRST_PAGE.sort,
    direction: oneOf(DIRECTIONS, query('direction')) ?? FIRST_PAGE.direction,
    cursor: query('cursor'),
  }
}

/** Query parameters with invalid values, as `name=value`. */
export function wrongPartsOf(c: Context<AppEnv>): string[] {
  const state = listStateOf(c)
  return PARTS.flatMap((name) => {
    const given = c.req.query(name)?.trim()
    const isUnderstood = given === undefined || given === '' || given === state[name]
    return isUnderstood ? [] : [`${name}=${given}`]
  })
}

const PARTS = ['tab', 'status', 'type', 'template', 'from', 'to', 'sort', 'direction'] as const

/** Days are in the operator's time zone; `to` is inclusive. */
export function listFilterOf(state: ListState, timeZone: string): JobFilter {
  const { tab, status, type, template, text, from, to } = state
  return {
    ...(tab === undefined ? {} : TAB_FILTERS[tab]),
    status,
    type,
    template,
    text,
    from: from === undefined ? undefined : startOfDay(from, 0, timeZone),
    to: to === undefined ? undefined : startOfDay(to, 1, timeZone),
  }
}

/** Job ids in the query, at most one page. */
export function idsOf(text: string | undefined): number[] {
  return numbersIn(text ?? '').slice(0, MAX_JOBS_AT_ONCE)
}

/** Job ids separated by dots. */
export function numbersIn(text: string): number[] {
  return text
    .split('.')
    .filter((id) => /^\d{1,15}$/.test(id))
    .map(Number)
}

/** What may be the key of a template, also of one that is gone. */
function keyOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z0-9-]{1,40}$/.test(text) ? text : undefined
}

/** A valid date, or undefined; `Date` reads February 31 as March 3. */
function dayOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const instant = Date.parse(text)
  const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
  return isDay ? text : undefined
}
