import type { Context } from 'hono'
import type { Db } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import { findJob } from '../engine/jobs.ts'
import { noSuchJob } from '../engine/refusal.ts'
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
