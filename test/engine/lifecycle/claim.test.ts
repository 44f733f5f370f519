import { describe, expect, test } from 'vitest'
import {
  beatIfSilent,
  claimNextJob,
  heartbeat,
  releaseJob,
} from '../../../src/engine/lifecycle/claim.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { after, aJob, NOON, OPERATOR, WORKER } from '../../support/a-job.ts'
import { databases } from '../../support/databases.ts'

describe.each(databases)('claims on %s', (_name, open) => {
  test('a worker takes the oldest job that waits', async () => {
    const { db } = await open()
    await aJob(db, { status: 'running' })
    const oldest = await aJob(db, { status: 'start_pending' })
    await aJob(db, { status: 'start_pending' })

    const job = await claimNextJob(db, { claim: 'c', worker: 'w', now: after(3) })

    expect(job).toMatchObject({
      id: oldest.id,
      status: 'running',
      claim: 'c',
      worker: 'w',
      attempts: 1,
      heartbeat_at: after(3).toISOString(),
      started_at: after(3).toISOString(),
      running_since: after(3).toISOString(),
    })
    const journal = await journalAfter(db, oldest.id, { after: 0, limit: 10 })
    expect(journal.at(-1)).toMatchObject({ code: 'TLY-1005', params: { worker: 'w' }, actor: 'w' })
  })

  test('a worker that wants a certain job takes that one or none', async () => {
    const { db } = await open()
    await aJob(db, { status: 'start_pending' })
    const wanted = await aJob(db, { status: 'start_pending' })
    const claim = { worker: 'w', now: NOON, jobId: wanted.id }

    expect(await claimNextJob(db, { ...claim, claim: 'c1' })).toMatchObject({ id: wanted.id })
    expect(await claimNextJob(db, { ...claim, claim: 'c2' })).toBeUndefined()
  })

  test('nothing waits, so nothing is taken', async () => {
    const { db, everything } = await open()
    await aJob(db, { status: 'paused' })
    const before = await everything()
    expect(await claimNextJob(db, { claim: 'c', worker: 'w', now: NOON })).toBeUndefined()
    expect(await everything()).toEqual(before)
  })

  test('workers that claim at the same time never get the same job', async () => {
    const { db, another } = await open()
    const ids: number[] = []
    for (let n = 0; n < 5; n++) ids.push((await aJob(db, { status: 'start_pending' })).id)
    const connections = [db, await another(), await another()]

    const claimed = await Promise.all(
      connections.flatMap((each, worker) =>
        [0, 1, 2].map((n) =>
          claimNextJob(each, { claim: `${worker}-${n}`, worker: `w${worker}`, now: NOON }),
        ),
      ),
    )

    const taken = claimed.flatMap((job) => (job === undefined ? [] : [job.id]))
    expect(taken.sort()).toEqual(ids)
  })

  test('a heartbeat is kept, and tells a worker that the job is no longer its own', async () => {
    const { db } = await open()
    const { id, revision } = await aJob(db, { status: 'running', claim: 'mine' })

    expect(await heartbeat(db, { claim: 'mine', now: after(2) })).toBe(true)
    expect(await findJob(db, id)).toMatchObject({ heartbeat_at: after(2).toISOString(), revision })
    await transition(db, id, 'finish', { actor: WORKER, now: after(3), claim: 'mine' })
    expect(await heartbeat(db, { claim: 'mine', now: after(4) })).toBe(false)
  })

  test.each([
    ['a moment ago', -1_000, false],
    ['long ago', -60_000, true],
    ['by a clock that has been set back since', 3_600_000, true],
  ])('a worker whose last sign of life was written %s', async (_when, shift, beats) => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const sign = new Date(Date.now() + shift)
    await heartbeat(db, { claim: 'mine', now: sign })
    await beatIfSilent(db, { claim: 'mine', silentMs: 30_000, hasProgressed: false })
    expect((await findJob(db, id))?.heartbeat_at !== sign.toISOString()).toBe(beats)
  })

  test('a heartbeat tells of progress, and whoever watches when there is none for a minute', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000)
    const beat = async (hasProgressed: boolean) => {
      const before = await requireJob(db, id)
      await beatIfSilent(db, { claim: 'mine', silentMs: 0, hasProgressed })
      const { progressed_at, revision } = await requireJob(db, id)
      return {
        progressed: progressed_at !== before.progressed_at,
        news: revision - before.revision,
      }
    }
    await heartbeat(db, { claim: 'mine', now: secondsAgo(30), hasProgressed: true })
    expect(await beat(false)).toEqual({ progressed: false, news: 0 })

    await heartbeat(db, { claim: 'mine', now: secondsAgo(65), hasProgressed: true })
    expect(await beat(false)).toEqual({ progressed: false, news: 1 })
    await heartbeat(db, { claim: 'mine', now: secondsAgo(2) })
    expect(await beat(false)).toEqual({ progressed: false, news: 0 })
    await heartbeat(db, { claim: 'mine', now: secondsAgo(12) })
    expect(await beat(false)).toEqual({ progressed: false, news: 1 })

    await heartbeat(db, { claim: 'mine', now: secondsAgo(2) })
    expect(await beat(true)).toEqual({ progressed: true, news: 1 })
    await heartbeat(db, { claim: 'mine', now: secondsAgo(2), hasProgressed: true })
    expect(await beat(true)).toEqual({ progressed: true, news: 0 })
  })

  test('a job that shuts down stays with its worker until that lets go of it', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down', claim: 'mine' })

    expect(await releaseJob(db, { claim: 'another' })).toBe(false)
    expect(await findJob(db, id)).toMatchObject({ claim: 'mine' })
    expect(await releaseJob(db, { claim: 'mine' })).toBe(true)
    expect(await findJob(db, id)).toMatchObject({ status: 'shutting_down', claim: null })
  })

  test('a job that was paused while it shut down is not let go of but yielded', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down', claim: 'mine' })
    await transition(db, id, 'pause', { actor: OPERATOR, now: NOON })

    expect(await releaseJob(db, { claim: 'mine' })).toBe(false)
    const job = await transition(db, id, 'yield', { actor: WORKER, now: NOON, claim: 'mine' })
    expect(job.status).toBe('paused')
  })
})
