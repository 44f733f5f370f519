import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { believe, doubtPurge } from '../../../src/engine/cleanup/doubt-purge.ts'
import { daysBefore } from '../../../src/engine/cleanup/purge.ts'
import { aJob, after } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const DAY = 86_400
const day = (days: number) => after(days * DAY)

async function doubtAt(db: Db, days: number, keepDays = 30) {
  const now = day(days)
  return (await doubtPurge(db, { now, overBefore: daysBefore(now, keepDays) }))?.problem
}

async function jobsOver(db: Db, count: number, days = 0): Promise<void> {
  for (let at = 0; at < count; at++) await aJob(db, { status: 'finished', now: day(days) })
}

describe.each(databases)('what retention doubts on %s', (_name, open) => {
  test('is a clock that is off by more than a tenth of the days that jobs are kept', async () => {
    const { db } = await open()
    await jobsOver(db, 1)
    await believe(db, day(40))
    // By the time that was believed last, each time.
    for (const days of [43, 46, 43, 40])
      expect([days, await doubtAt(db, days)]).toEqual([days, undefined])
    for (const days of [43.1, 400, 36.9]) {
      expect([days, await doubtAt(db, days)]).toEqual([days, 'clock_jumped'])
    }
    expect(await doubtAt(db, 40)).toBeUndefined()
    expect(await doubtAt(db, 41, 1)).toBeUndefined()
    expect(await doubtAt(db, 42.1, 1)).toBe('clock_jumped')
  })

  test('is, before it has ever looked, a clock that is off the last entry of the journal', async () => {
    const { db } = await open()
    await jobsOver(db, 1)
    expect(await doubtAt(db, 40)).toBe('clock_jumped')
    await jobsOver(db, 1, 39)
    expect(await doubtAt(db, 40)).toBeUndefined()
    expect(await doubtAt(db, 4_000)).toBe('clock_jumped')
  })

  test('is no clock by which nothing would go', async () => {
    const { db } = await open()
    await jobsOver(db, 1)
    for (const days of [29, -400, 30]) expect(await doubtAt(db, days)).toBeUndefined()
  })

  test('is more than a tenth at once, unless there are few', async () => {
    const { db } = await open()
    await jobsOver(db, 3)
    await jobsOver(db, 16, 39)
    expect(await doubtAt(db, 40)).toBeUndefined()
    await jobsOver(db, 1, 39)
    expect(await doubtAt(db, 40)).toBe('many_to_purge')
    expect(await doubtPurge(db, { now: day(40), overBefore: day(10) })).toMatchObject({ due: 3 })
    await jobsOver(db, 10, 39)
    expect(await doubtAt(db, 40)).toBeUndefined()
  })

  test('is no longer what somebody has said is right', async () => {
    const { db } = await open()
    await jobsOver(db, 1)
    await believe(db, day(0))
    expect(await doubtAt(db, 400)).toBe('clock_jumped')
    await believe(db, day(400))
    expect(await doubtAt(db, 400)).toBeUndefined()
  })
})
