import type { Db } from '../../db/store.ts'
import { stallOf } from '../../domain/jobs/stall.ts'

export type ProgressSign = {
  claim: string
  now: Date
  /** A batch that was committed so lately has told enough. */
  quietMs: number
  /** Whether something was read or written since the last sign that was told. */
  hasProgressed: boolean
  /** The standstill that readers know of, as `stallOf` has it. */
  stall: number | null
}

/** What readers know of the job from now on. */
export type ToldProgress = { isProgressTold: boolean; stall: number | null }

/**
 * Tells, where no batch does, that a job gets on; and whoever watches it that it stands still, or
 * moves again. Most often there is nothing to tell, and nothing is written.
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

/** One that is told for the time to come was written before the clock was set back. */
function isQuiet(progressedAt: string | null, { now, quietMs }: ProgressSign): boolean {
  if (progressedAt === null) return true
  const quiet = now.getTime() - Date.parse(progressedAt)
  return quiet > quietMs || quiet < 0
}
