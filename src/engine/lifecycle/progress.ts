import type { Db } from '../../db/store.ts'
import { stallOf } from '../../domain/jobs/stall.ts'

export type ProgressSign = {
  claim: string
  now: Date
  /** No progress is written within this time after a batch or earlier sign, in milliseconds. */
  quietMs: number
  /** Whether the job read or wrote anything since the last sign that was stored. */
  hasProgressed: boolean
  /** The stall that was stored last, as returned by `stallOf`. */
  stall: number | null
}

/** Whether progress was stored, and the stall that readers now know of. */
export type ToldProgress = { isProgressTold: boolean; stall: number | null }

/**
 * Stores a job's progress between batches, and a new revision when it stalls or moves again. Mostly
 * there is nothing new, and nothing is written.
 */
export async function tellProgress(db: Db, sign: ProgressSign): Promise<ToldProgress> {
  const { claim, now, hasProgressed } = sign
  const job = await db
    .selectFrom('tallyman_job')
    .select(['status', 'progressed_at'])
    .where('claim', '=', claim)
    .executeTakeFirst()
  if (job === undefined) return { isProgressTold: false, stall: sign.stall }

  const isProgressTold = hasProgressed && isQuiet(job.progressed_at, sign)
  const stall = hasProgressed ? null : stallOf(job, now)
  const isNews = stall !== sign.stall
  if (!isProgressTold && !isNews) return { isProgressTold, stall }
  await db.transaction().execute((trx) => {
    let update = trx.updateTable('tallyman_job').where('claim', '=', claim)
    if (isProgressTold) update = update.set({ progressed_at: now.toISOString() })
    if (isNews) update = update.set((eb) => ({ revision: eb('revision', '+', 1) }))
    return update.execute()
  })
  return { isProgressTold, stall }
}

/** A time in the future was written before the clock was set back: it counts as quiet. */
function isQuiet(progressedAt: string | null, { now, quietMs }: ProgressSign): boolean {
  if (progressedAt === null) return true
  const quiet = now.getTime() - Date.parse(progressedAt)
  return quiet > quietMs || quiet < 0
}
