import { describe, expect, test } from 'vitest'
import { TAB_FILTERS } from '../../../src/domain/jobs/job-list.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { countJobs, countNewJobs } from '../../../src/engine/list/count-jobs.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { storeRandomJobs } from '../../support/jobs/random-jobs.ts'

describe.each(databases)('the number of jobs on %s', (_name, open) => {
  test('of a tab is exact, and every job that is not over is in motion or waits', async () => {
    const { db } = await open()
    for (const status of JOB_STATUSES) await aJob(db, { status })
    const { in_motion, failed, with_rejects, waiting } = TAB_FILTERS
    const filters = [in_motion, failed, with_rejects, waiting, {}]
    const counts = await Promise.all(filters.map((filter) => countJobs(db, filter)))
    expect(counts).toEqual([4, 1, 0, 3, 10].map((count) => ({ count, isMore: false })))
  })

  test('ends at its cap and says so', async () => {
    const { db } = await open()
    await storeRandomJobs(db, 99, 1)
    expect(await countJobs(db, {})).toEqual({ count: 99, isMore: false })
    await aJob(db)
    expect(await countJobs(db, {})).toEqual({ count: 99, isMore: true })
  })

  test('that are new is of those that match', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { label: 'Old' })
    await aJob(db, { label: 'New' })
    await aJob(db, { label: 'Other' })
    expect((await countNewJobs(db, {}, id)).count).toBe(2)
    expect((await countNewJobs(db, { text: 'new' }, id)).count).toBe(1)
    expect((await countNewJobs(db, { status: 'failed' }, id)).count).toBe(0)
  })
})
