import type { Db } from '../../db/store.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { JOB_TYPES, OVER_STATUSES } from '../../domain/states/status.ts'

const DAY_MS = 86_400_000
/** Tolerated: a clock off by a tenth of the retention period, a purge of a tenth of ended jobs. */
const SHARE = 10
/** With fewer ended jobs the share is not checked: each one would be too large a share. */
const FEW = 20

/** Why purging waits until an operator allows it. */
export type PurgeDoubt = Extract<Problem, { problem: 'clock_jumped' | 'many_to_purge' }>

/**
 * Returns a reason not to purge until an operator allows it, because deletions are final and a
 * machine's clock may jump. `now` is compared with the last time stored in the database, which is
 * updated where the clock is not in doubt.
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

/** Stores `now` as the last time of the database. */
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

/** The last stored time; before the first check, the time of the newest journal entry. */
async function lastTime(db: Db): Promise<string | undefined> {
  const clock = await db.selectFrom('tallyman_clock').select('seen_at').executeTakeFirst()
  if (clock !== undefined) return clock.seen_at
  const newest = db.selectFrom('tallyman_journal').select('at').orderBy('id', 'desc').limit(1)
  return (await newest.executeTakeFirst())?.at
}

/** Counts ended jobs by the index of `purge`, up to `atMost`. */
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
