import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidInputError } from '../../../src/domain/words/errors.ts'
import { DIRECTIONS, JOB_SORTS } from '../../../src/domain/jobs/job-list.ts'
import { isOver } from '../../../src/domain/states/status.ts'
import { findPage } from '../../../src/engine/list/find-page.ts'
import { cursorBefore, listJobs, type JobQuery } from '../../../src/engine/list/list-jobs.ts'
import { listJobsByIds, newestJobId } from '../../../src/engine/list/listed-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import type { Db } from '../../../src/db/store.ts'
import { after, aJob } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import {
  idsOf,
  modelOfList,
  randomFilter,
  storeRandomJobs,
  templateAlone,
} from '../../support/jobs/random-jobs.ts'

const JOBS = 120
const NOW = after(24 * 3_600)
const ORDERS = JOB_SORTS.flatMap((sort) => DIRECTIONS.map((direction) => ({ sort, direction })))

/** The ids of every page, from the first to the last or back from the last to the first. */
async function walk(db: Db, query: JobQuery) {
  const forwards: number[][] = []
  const backwards: number[][] = []
  let page = await listJobs(db, query)
  forwards.push(idsOf(page.jobs))
  while (page.next !== undefined) {
    page = await listJobs(db, { ...query, cursor: page.next })
    forwards.push(idsOf(page.jobs))
  }
  backwards.unshift(idsOf(page.jobs))
  while (page.previous !== undefined) {
    page = await listJobs(db, { ...query, cursor: page.previous })
    backwards.unshift(idsOf(page.jobs))
  }
  return { forwards, backwards }
}

describe.each(databases)('the list of jobs on %s', (_name, open) => {
  test.each(ORDERS)(
    'by $sort $direction, its pages are the sorted list, forwards and backwards',
    async (order) => {
      const { db } = await open()
      const jobs = await storeRandomJobs(db, JOBS, JOB_SORTS.indexOf(order.sort))
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.constant({}), templateAlone, randomFilter),
          fc.integer({ min: 7, max: 60 }),
          async (filter, limit) => {
            const query = { ...filter, ...order, limit, now: NOW }
            const { forwards, backwards } = await walk(db, query)
            expect(forwards.flat()).toEqual(modelOfList(jobs, filter, query))
            expect(backwards).toEqual(forwards)
            expect(forwards.slice(0, -1).every((page) => page.length === limit)).toBe(true)
          },
        ),
        { numRuns: 15 },
      )
    },
  )

  test.each([
    { few: 1, window: 0 },
    { few: 1, window: 30 },
    { few: 10, window: 10 },
    { few: 1, window: 1_000 },
  ])(
    'is the same whether few matches are sorted or others passed over: $few, $window',
    async (effort) => {
      const { db } = await open()
      const jobs = await storeRandomJobs(db, JOBS, effort.window)
      await fc.assert(
        fc.asyncProperty(randomFilter, fc.constantFrom(...ORDERS), async (filter, order) => {
          const asked = { filter, ...order, after: undefined, limit: 20, now: NOW }
          const expected = modelOfList(jobs, filter, { ...order, now: NOW })
          const first = await findPage(db, asked, effort)
          expect(idsOf(first)).toEqual(expected.slice(0, 20))
          const rest = await findPage(db, { ...asked, after: first.at(-1) }, effort)
          expect(idsOf(rest)).toEqual(expected.slice(20, 40))
        }),
        { numRuns: 100 },
      )
    },
  )

  test('has the newest job first where no order is given, and goes on below a job', async () => {
    const { db } = await open()
    expect(await listJobs(db, { limit: 3, now: NOW })).toEqual({ jobs: [] })
    expect(await newestJobId(db)).toBe(0)
    const ids: number[] = []
    for (let n = 0; n < 5; n++) ids.unshift((await aJob(db)).id)
    expect(await newestJobId(db)).toBe(ids[0])

    const first = await listJobs(db, { limit: 3, now: NOW })
    expect(idsOf(first.jobs)).toEqual(ids.slice(0, 3))
    const cursor = cursorBefore(ids[2] ?? 0)
    const second = await listJobs(db, { limit: 3, now: NOW, cursor })
    expect(idsOf(second.jobs)).toEqual(ids.slice(3))
    expect(second.next).toBeUndefined()
  })

  test('a running job stays where it was while somebody turns the pages by duration', async () => {
    const { db } = await open()
    const [first, second, third] = [
      await aJob(db, { status: 'running', now: after(0) }),
      await aJob(db, { status: 'running', now: after(10) }),
      await aJob(db, { status: 'running', now: after(20) }),
    ]
    const query = { sort: 'duration', direction: 'asc', limit: 1 } as const
    let page = await listJobs(db, { ...query, now: after(30) })
    expect(idsOf(page.jobs)).toEqual([third.id])
    page = await listJobs(db, { ...query, now: after(60), cursor: page.next })
    expect(idsOf(page.jobs)).toEqual([second.id])
    page = await listJobs(db, { ...query, now: after(90), cursor: page.next })
    expect(idsOf(page.jobs)).toEqual([first.id])
  })

  test('the page before one whose jobs were deleted is the full first page', async () => {
    const { db } = await open()
    const ids: number[] = []
    for (let n = 0; n < 6; n++) ids.unshift((await aJob(db)).id)
    const { next } = await listJobs(db, { limit: 2, now: NOW })
    const second = await listJobs(db, { limit: 2, now: NOW, cursor: next })
    await deleteJob(db, ids[0] ?? 0, {
      actor: 'ana',
      now: new Date(),
      files: filesIn('/no/outbox'),
    })

    const back = await listJobs(db, { limit: 2, now: NOW, cursor: second.previous })
    expect(idsOf(back.jobs)).toEqual(ids.slice(1, 3))
    expect(back.previous).toBeUndefined()
  })

  test('a page behind the last job is empty and leads back', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const page = await listJobs(db, { limit: 2, now: NOW, cursor: cursorBefore(id) })
    expect(page.jobs).toEqual([])
    const back = await listJobs(db, { limit: 2, now: NOW, cursor: page.previous })
    expect(idsOf(back.jobs)).toEqual([id])
  })

  test.each([
    '',
    'x',
    'WyJpZCJd',
    Buffer.from('["label","next","a",1,0]').toString('base64url'),
    Buffer.from('["id","next","a",1,0]').toString('base64url'),
    Buffer.from('["id","sideways",0,1,0]').toString('base64url'),
    Buffer.from('["id","next",0,1e400,0]').toString('base64url'),
  ])('refuses the cursor "%s"', async (cursor) => {
    const { db } = await open()
    const listed = listJobs(db, { limit: 1, now: NOW, cursor })
    await expect(listed).rejects.toThrow(InvalidInputError)
  })

  test('some jobs can be read again by their ids, in that order', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running' })
    const over = await aJob(db, { status: 'finished' })
    expect(await listJobsByIds(db, [])).toEqual([])
    const listed = await listJobsByIds(db, [over.id, 99, id])
    expect(idsOf(listed)).toEqual([over.id, id])
    for (const job of listed) expect(over).toHaveProperty('type', job.type)
    const { counters, ended_at, revision, label } = over
    expect(listed[0]).toMatchObject({ counters, ended_at, revision, label, status: 'finished' })
    expect(isOver(listed[1]?.status ?? 'finished')).toBe(false)
  })
})
