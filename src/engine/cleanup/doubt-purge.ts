import type { Db } from '../../db/store.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { JOB_TYPES, OVER_STATUSES } from '../../domain/states/status.ts'

const DAY_MS = 86_400_000
/** Of the time that jobs are kept a clock may be off so much, and of those that are over so many may go at once. */
const SHARE = 10
/** Where there are fewer, each one would be too large a share. */
const FEW = 20

/** Why nothing is purged before somebody says so. */
export type PurgeDoubt = Extract<Problem, { problem: 'clock_jumped' | 'many_to_purge' }>

/**
 * Why jobs should not be purged unless somebody says so: what is deleted stays deleted, and the clock
 * of a machine may jump. The database's own last time is the measure; it is moved on where there is no
 * doubt of the clock.
 */
export async function doubtPurge(
  db: Db,
  { now, overBefore }: { now: Date; overBefore: Date },
): Promise<PurgeDoubt | undefined> {
  const due = await countOver(db, { before: overBefore })
  const last = await lastTime(db)
  const off = last === undefined ? 0 : Math.abs(now.getTime() - Date.parse(last))
  const kept = now.getTime() - overBefore.getTime()
  if (due > 0 && last !== undefined && off > Math.max(DAY_MS, kept / SHARE)) {
    return { problem: 'clock_jumped', now: now.toISOString(), last }
  }
  await believe(db, now)
  if (due === 0) return undefined
  const over = await countOver(db, { atMost: Math.max(FEW, due * SHARE) })
  return over >= FEW && due * SHARE > over ? { problem: 'many_to_purge', due } : undefined
}

/** From now on, this is the database's last time. */
export async function believe(db: Db, now: Date): Promise<void> {
  const row = { id: 1, seen_at: now.toISOString() } as const
  await db.transaction().execute((trx) =>
    trx
      .insertInto('tallyman_clock')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute(),
  )
}

/** Before retention has ever looked, it is that of the last entry of any journal. */
async function lastTime(db: Db): Promise<string | undefined> {
  const clock = await db.selectFrom('tallyman_clock').select('seen_at').executeTakeFirst()
  if (clock !== undefined) return clock.seen_at
  const newest = db.selectFrom('tallyman_journal').select('at').orderBy('id', 'desc').limit(1)
  return (await newest.executeTakeFirst())?.at
}

/** By the index that is asked for what is to be purged, and no further than need be. */
async function countOver(
  db: Db,
  { before, atMost }: { before?: Date; atMost?: number },
): Promise<number> {
  let count = 0
  for (const type of JOB_TYPES) {
    for (const status of OVER_STATUSES) {
      let jobs = db
        .selectFrom('tallyman_job')
        .select('id')
        .where('type', '=', type)
        .where('status', '=', status)
      if (before !== undefined) jobs = jobs.where('ended_at', '<', before.toISOString())
      if (atMost !== undefined) jobs = jobs.limit(atMost - count)
      const counted = db.selectFrom(jobs.as('found')).select((eb) => eb.fn.countAll().as('count'))
      count += Number((await counted.executeTakeFirstOrThrow()).count)
    }
  }
  return count
}
