import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { claimNextJob, releaseJob } from '../../../src/engine/lifecycle/claim.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { after, aJob, NOON, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { byDatabase, databases } from '../../support/databases.ts'

describe.each(databases)('claims on %s', (_name, open) => {
  test('a worker takes the oldest job that waits', async () => {
    const { db } = await open()
    await aJob(db, { status: 'running' })
    const oldest = await aJob(db, { status: 'start_pending' })
    await aJob(db, { status: 'start_pending' })

    const job = await claimNextJob(db, { claim: 'c', worker: anIdentity('w'), now: after(3) })

    expect(job).toMatchObject({
      id: oldest.id,
      status: 'running',
      claim: 'c',
      worker: 'w',
      attempts: 1,
      progressed_at: after(3).toISOString(),
      started_at: after(3).toISOString(),
      running_since: after(3).toISOString(),
    })
    const journal = await journalAfter(db, oldest.id, { after: 0, limit: 10 })
    expect(journal.at(-1)).toMatchObject({ code: 'TLY-1005', params: { worker: 'w' }, actor: 'w' })
  })

  test('a job that starts later is taken by nobody before, and says in its journal when', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'editing' })
    const startAt = after(60)
    await transition(db, id, 'start', { now: NOON, actor: OPERATOR, startAt })
    const take = (seconds: number) =>
      claimNextJob(db, { claim: randomUUID(), worker: anIdentity('w'), now: after(seconds) })
    expect(await take(59)).toBeUndefined()
    const other = await aJob(db, { status: 'start_pending' })
    expect(await take(59)).toMatchObject({ id: other.id })
    expect(await take(60)).toMatchObject({ id, status: 'running' })
    const journal = await journalAfter(db, id, { after: 0, limit: 10 })
    expect(journal.find(({ code }) => code === 'TLY-1043')?.params).toEqual({
      time: `${startAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    })
  })

  test('a job that is paused before its time starts at once', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'editing' })
    await transition(db, id, 'start', { now: NOON, actor: OPERATOR, startAt: after(3600) })
    await transition(db, id, 'pause', { now: NOON, actor: OPERATOR })
    const started = await transition(db, id, 'start', { now: NOON, actor: OPERATOR })
    expect(started.start_at).toBeNull()
  })

  test('a worker that wants a certain job takes that one or none', async () => {
    const { db } = await open()
    await aJob(db, { status: 'start_pending' })
    const wanted = await aJob(db, { status: 'start_pending' })
    const claim = { worker: anIdentity('w'), now: NOON, jobId: wanted.id }

    expect(await claimNextJob(db, { ...claim, claim: 'c1' })).toMatchObject({ id: wanted.id })
    expect(await claimNextJob(db, { ...claim, claim: 'c2' })).toBeUndefined()
  })

  test('nothing waits, so nothing is taken', async () => {
    const { db, everything } = await open()
    await aJob(db, { status: 'paused' })
    const before = await everything()
    expect(
      await claimNextJob(db, { claim: 'c', worker: anIdentity('w'), now: NOON }),
    ).toBeUndefined()
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
          claimNextJob(each, {
            claim: `${worker}-${n}`,
            worker: anIdentity(`w${worker}`),
            now: NOON,
          }),
        ),
      ),
    )

    const taken = claimed.flatMap((job) => (job === undefined ? [] : [job.id]))
    expect(taken.sort()).toEqual(ids)
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

  test('of the jobs that wait, one of a higher priority is taken first', async () => {
    const { db } = await open()
    const [low, first, second] = [
      await aJob(db, { status: 'editing' }),
      await aJob(db, { status: 'editing' }),
      await aJob(db, { status: 'editing' }),
    ]
    for (const [{ id }, priority] of [
      [low, undefined],
      [second, 7],
      [first, 7],
    ] as const) {
      await transition(db, id, 'start', { actor: OPERATOR, now: NOON, priority })
    }
    const taken: (number | undefined)[] = []
    for (const claim of ['a', 'b', 'c']) {
      taken.push((await claimNextJob(db, { claim, worker: anIdentity(claim), now: NOON }))?.id)
    }
    expect(taken).toEqual([first.id, second.id, low.id])
  })

  test('no more jobs of a table are taken at once than are allowed, whoever asks', async () => {
    const { db, another } = await open()
    for (let count = 0; count < 4; count++) await aJob(db, { status: 'start_pending' })
    const claimers = await Promise.all(Array.from({ length: 4 }, another))
    const claim = (from: typeof db, name: string) =>
      claimNextJob(from, { claim: name, worker: anIdentity(name), now: NOON, mostPerTable: 2 })
    const taken = await Promise.all(claimers.map((from, at) => claim(from, `c${at}`)))
    expect(taken.filter((job) => job !== undefined)).toHaveLength(2)
    expect(await claim(db, 'late')).toBeUndefined()
  })
  test('tables are one by whatever name jobs call them', async () => {
    const { db } = await open()
    await sql`create table person (id integer)`.execute(db)
    const other = byDatabase({ SQLite: 'PERSON', PostgreSQL: 'public.person' })
    for (const target_table of ['person', other, 'crew']) {
      const { id } = await aJob(db, { status: 'start_pending' })
      await db.updateTable('tallyman_job').set({ target_table }).where('id', '=', id).execute()
    }
    const claim = (name: string) =>
      claimNextJob(db, { claim: name, worker: anIdentity(name), now: NOON, mostPerTable: 1 })
    expect(await claim('c1')).toMatchObject({ target_table: 'person' })
    expect(await claim('c2')).toMatchObject({ target_table: 'crew' })
    expect(await claim('c3')).toBeUndefined()
  })
})
