import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { tellProgress } from '../../../src/engine/lifecycle/progress.ts'
import { after, aJob } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

describe.each(databases)('progress on %s', (_name, open) => {
  /** Told again and again of one job that was taken at noon, as its thread does. */
  async function aThread() {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    let stall: number | null = null
    const tell = async (seconds: number, hasProgressed: boolean, quietMs = 2_000) => {
      const before = await requireJob(db, id)
      const sign = { claim: 'mine', now: after(seconds), quietMs, hasProgressed, stall }
      const told = await tellProgress(db, sign)
      ;({ stall } = told)
      const { progressed_at, revision } = await requireJob(db, id)
      expect(told.isProgressTold).toBe(progressed_at !== before.progressed_at)
      return { progressed_at, news: revision - before.revision }
    }
    return { db, tell }
  }
  const at = (seconds: number) => after(seconds).toISOString()

  test('is told where no batch did so a moment ago, also by a clock that was set back', async () => {
    const { tell } = await aThread()
    expect(await tell(1, true)).toEqual({ progressed_at: at(0), news: 0 })
    expect(await tell(3, true)).toEqual({ progressed_at: at(3), news: 0 })
    expect(await tell(5, false)).toEqual({ progressed_at: at(3), news: 0 })
    expect(await tell(-3_600, true)).toEqual({ progressed_at: at(-3_600), news: 0 })
  })

  test('that stands still for a minute is news for who watches, and so is that it goes on', async () => {
    const { tell } = await aThread()
    expect(await tell(59, false)).toEqual({ progressed_at: at(0), news: 0 })
    expect(await tell(61, false)).toEqual({ progressed_at: at(0), news: 1 })
    expect(await tell(63, false)).toEqual({ progressed_at: at(0), news: 0 })
    expect(await tell(71, false)).toEqual({ progressed_at: at(0), news: 1 })
    expect(await tell(73, true)).toEqual({ progressed_at: at(73), news: 1 })
    expect(await tell(76, true)).toEqual({ progressed_at: at(76), news: 0 })
  })

  test('of a job that is no longer the own is told to nobody', async () => {
    const { db } = await aThread()
    const job = await requireJob(db, 1)
    const sign = { claim: 'another', now: after(70), quietMs: 0, hasProgressed: true, stall: null }
    expect(await tellProgress(db, sign)).toEqual({ isProgressTold: false, stall: null })
    expect(await requireJob(db, 1)).toEqual(job)
  })
})
