import { InvalidInputError } from '../../domain/words/errors.ts'
import type { Context } from 'hono'
import { JOB_TABS, TAB_QUERIES, type JobTab, type TabPlace } from '../../../views/tabs/tabs.tsx'
import type { Db } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { LEVELS, type Level } from '../../domain/words/messages.ts'
import { findJob } from '../../engine/jobs/jobs.ts'
import { noSuchJob } from '../../engine/ground/conflict.ts'
import { readRejectFilter } from '../../engine/rejects/reject-filter.ts'
import type { RejectFilter } from '../../engine/rejects/reject-kinds.ts'
import type { AppEnv } from './env.ts'

/** The number in the path; a route takes nothing but digits there. */
export function idOf(c: Context<AppEnv>): number {
  const id = Number(c.req.param('id'))
  // A number that no database can count to names no job.
  return Number.isSafeInteger(id) ? id : 0
}

/** @throws NotFoundError */
export async function jobOf(db: Db, c: Context<AppEnv>): Promise<Job> {
  const job = await findJob(db, idOf(c))
  if (job === undefined) throw noSuchJob(idOf(c))
  return job
}

/** The place in a job that a command or a poll came from, or that of a tab that is shown. */
export function placeOf(
  c: Context<AppEnv>,
  tab: JobTab = oneOf(JOB_TABS, c.req.query('tab')) ?? 'general',
): TabPlace {
  const query: Record<string, string> = {}
  for (const name of TAB_QUERIES[tab]) {
    const value = c.req.query(name)
    if (value !== undefined) query[name] = value
  }
  return { tab, query }
}

/**
 * The level of the journal that an address means.
 * @throws InvalidInputError for an unknown level: an unfiltered journal would mislead
 */
export function levelOf(c: Context<AppEnv>): Level | undefined {
  const wanted = c.req.query('level')
  const level = oneOf(LEVELS, wanted)
  if (wanted === undefined || level !== undefined) return level
  throw new InvalidInputError(
    { problem: 'no_choice', choices: LEVELS.join(', ') },
    { at: ['level'] },
  )
}

/** Which rejects an address means. @throws InvalidInputError where it names none */
export function rejectFilterOf(c: Context<AppEnv>): RejectFilter {
  return readRejectFilter({
    type: c.req.query('type'),
    code: c.req.query('code'),
    field: c.req.query('field'),
  })
}

/** A word of a list, or undefined for any other: an address that was altered shows everything. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  text: string | undefined,
): Word | undefined {
  return words.find((word) => word === text)
}

/** A number from 0 on, or undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
