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

/** The id in the path, which the route restricts to digits. */
export function idOf(c: Context<AppEnv>): number {
  const id = Number(c.req.param('id'))
  // No job has an id beyond the safe integers.
  return Number.isSafeInteger(id) ? id : 0
}

/** @throws NotFoundError */
export async function jobOf(db: Db, c: Context<AppEnv>): Promise<Job> {
  const job = await findJob(db, idOf(c))
  if (job === undefined) throw noSuchJob(idOf(c))
  return job
}

/** The tab and query that a command or poll came from, or those of a given tab. */
export function tabPlaceOf(
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
 * The journal level in the URL's query.
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

/** The reject filter in the query. @throws InvalidInputError where it names no filter */
export function rejectFilterOf(c: Context<AppEnv>): RejectFilter {
  return readRejectFilter({
    type: c.req.query('type'),
    code: c.req.query('code'),
    field: c.req.query('field'),
  })
}

/** The matching word, or undefined: an edited URL shows everything. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  text: string | undefined,
): Word | undefined {
  return words.find((word) => word === text)
}

/** A non-negative integer of at most 15 digits, or undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
