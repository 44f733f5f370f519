import { describe, expect, test } from 'vitest'
import { kindOf } from '../../../src/db/kind.ts'
import { commitBatch, holdJob } from '../../../src/engine/lifecycle/batch.ts'
import { claimNextJob, releaseJob } from '../../../src/engine/lifecycle/claim.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { resumeInterrupted } from '../../../src/engine/lifecycle/rescuer.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { beat, listWorkers } from '../../../src/engine/lifecycle/workers.ts'
import type { Db } from '../../../src/db/store.ts'
import { aBatch } from '../../support/jobs/a-batch.ts'
import { after, aJob, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { aRescuer, rescueSilent } from '../../support/jobs/a-rescuer.ts'
import { databases } from '../../support/databases.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'

async function lastEntries(db: Db, jobId: number, count: number) {
  const journal = await journalAfter(db, jobId, { after: 0, limit: 100 })
  return journal.slice(-count).map(({ code, params, actor }) => ({ code, params, actor }))
}

/** Lets everybody get as far as they come without a timer. */
async function microtasks(): Promise<void> {
  for (let count = 0; count < 1_000; count++) await Promise.resolve()
}

describe.each(databases)('the rescuer on %s', (_name, open) => {
  test('a running job whose worker went silent waits for another worker', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    await beat(db, anIdentity(), { claim: 'mine', now: after(8) })

    expect(await rescueSilent(db, after(100))).toEqual([
      { jobId: id, worker: WORKER, events: ['shut_down', 'go_on'], status: 'start_pending' },
    ])

    expect(await findJob(db, id)).toMatchObject({
      status: 'start_pending',
      claim: null,
      worker: null,
      deaths: 1,
      running_since: null,
      // It ran until its last sign of life, not until it was missed.
      duration_ms: 8_000,
    })
    expect(await lastEntries(db, id, 3)).toEqual([
      { code: 'TLY-1012', params: { worker: WORKER, seconds: 92 }, actor: 'rescuer' },
      { code: 'TLY-1009', params: {}, actor: 'rescuer' },
      { code: 'TLY-1010', params: {}, actor: 'rescuer' },
    ])
  })

  test('a worker that waits for the same lock as the rescuer is not given up', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'alive' })
    await beat(db, anIdentity(), { claim: 'alive', now: after(0) })
    const [worker, other] = [await another(), await another()]
    const rescuer = aRescuer(db)
    await rescuer.watchFor(8)
    const long = await other.startTransaction().execute()

    // The rescuer asks for the lock first, and would have it first.
    rescuer.sleepFor(2)
    const rescued = rescuer.sweep(after(100))
    await microtasks()
    const beaten = beat(worker, anIdentity(), { claim: 'alive', now: after(100) })
    await microtasks()
    await long.commit().execute()

    await beaten
    expect(await rescued).toEqual([])
    expect(await findJob(db, id)).toMatchObject({ status: 'running', deaths: 0 })
  })

  test.each([
    ['pausing', 'yield', 'paused'],
    ['cancelling', 'halt', 'cancelled'],
  ] as const)('a job whose worker died while %s gets there: %s to %s', async (from, event, to) => {
    const { db } = await open()
    const { id } = await aJob(db, { status: from })
    expect(await rescueSilent(db, after(11))).toEqual([
      { jobId: id, worker: WORKER, events: [event], status: to },
    ])
    expect(await findJob(db, id)).toMatchObject({ status: to, claim: null })
    expect((await lastEntries(db, id, 2))[0]?.code).toBe('TLY-1012')
  })

  test.each([
    ['pause', 'paused'],
    ['cancel', 'cancelled'],
  ] as const)('%s on a job that nobody holds is carried out at once', async (event, to) => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down', claim: 'mine' })
    await releaseJob(db, { claim: 'mine' })
    await transition(db, id, event, { actor: OPERATOR, now: after(1) })

    expect(await rescueSilent(db, after(1))).toMatchObject([{ jobId: id, status: to }])
    expect(await lastEntries(db, id, 2)).toMatchObject([{ actor: OPERATOR }, { actor: 'rescuer' }])
  })

  test('a job that the shutdown interrupted goes on when its worker let go of it', async () => {
    const { db } = await open()
    const interrupted = await aJob(db, { status: 'shutting_down', claim: 'mine' })

    expect(await resumeInterrupted(db, { now: after(1) })).toEqual([])
    await releaseJob(db, { claim: 'mine' })
    expect(await resumeInterrupted(db, { now: after(1) })).toMatchObject([
      { jobId: interrupted.id, events: ['go_on'], status: 'start_pending' },
    ])
    expect(await findJob(db, interrupted.id)).toMatchObject({ deaths: 0 })
  })

  test('a process that ends leaves the jobs that it lets go of to others', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down', claim: 'mine' })
    await releaseJob(db, { claim: 'mine' })

    expect(await aRescuer(db, AbortSignal.abort()).watchFor(20, after(1))).toEqual([])
    expect(await findJob(db, id)).toMatchObject({ status: 'shutting_down' })
    expect(await rescueSilent(db, after(1))).toMatchObject([{ jobId: id, events: ['go_on'] }])
  })

  test('a job whose worker died in its shutdown goes on when the lease is over', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down' })
    expect(await rescueSilent(db, after(11))).toMatchObject([
      { jobId: id, status: 'start_pending' },
    ])
    expect((await findJob(db, id))?.deaths).toBe(0)
  })

  test('at the start of a server, a job that another worker runs is left alone', async () => {
    const { db, everything } = await open()
    await aJob(db, { status: 'running' })
    const before = await everything()
    expect(await resumeInterrupted(db, { now: after(1) })).toEqual([])
    expect(await everything()).toEqual(before)
  })

  test.each([
    ['was set back an hour', -3_600],
    ['goes right', 0],
    ['was set forward a day', 86_400],
  ])('a worker that shows life keeps its job, though its clock %s', async (_how, seconds) => {
    const { db } = await open()
    const ids = [
      (await aJob(db, { status: 'running', claim: 'one' })).id,
      (await aJob(db, { status: 'cancelling', claim: 'other' })).id,
    ]
    const rescuer = aRescuer(db)
    for (let time = 1; time <= 4; time++) {
      for (const claim of ['one', 'other']) {
        await beat(db, anIdentity(claim), { claim, now: after(seconds + time) })
      }
      expect(await rescuer.watchFor(8, after(100))).toEqual([])
    }
    for (const id of ids) expect(await findJob(db, id)).toMatchObject({ worker: WORKER, deaths: 0 })
  })

  test('a worker that died before the clock was set back is given up all the same', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running' })
    expect(await rescueSilent(db, after(-3_600))).toHaveLength(1)
    expect(await lastEntries(db, id, 3)).toMatchObject([
      { code: 'TLY-1012', params: { seconds: kindOf(db).patience.leaseMs / 1000 } },
      { code: 'TLY-1009' },
      { code: 'TLY-1010' },
    ])
    expect(await findJob(db, id)).toMatchObject({ status: 'start_pending', duration_ms: 0 })
  })

  test('a rescuer that was held up has not seen that anybody was silent', async () => {
    const { db, everything } = await open()
    await aJob(db, { status: 'running' })
    const before = await everything()
    const rescuer = aRescuer(db)
    await rescuer.sweep(after(0))
    rescuer.sleepFor(3_600)
    expect(await rescuer.sweep(after(3_600))).toEqual([])
    expect(await everything()).toEqual(before)
  })

  test('a shorter lease is kept', async () => {
    const { db } = await open()
    await aJob(db, { status: 'running', claim: 'mine' })
    await beat(db, anIdentity(), { claim: 'mine', now: after(1), leaseMs: 2_000 })
    expect(await aRescuer(db).watchFor(2, after(3))).toHaveLength(1)
  })

  test('a worker whose row tells of another job keeps the one that it ran by its batches alone', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const rescuer = aRescuer(db)
    for (let batch = 1; batch <= 2; batch++) {
      await beat(db, anIdentity(), { claim: 'another', now: after(batch) })
      const report = aBatch({ jobId: id, claim: 'mine', now: after(batch) })
      await db.transaction().execute((trx) => commitBatch(trx, report))
      expect(await rescuer.watchFor(8, after(100))).toEqual([])
    }
    await beat(db, anIdentity(), { claim: null, now: after(3) })
    expect(await rescuer.watchFor(2, after(100))).toMatchObject([{ jobId: id }])
    expect((await listWorkers(db)).map(({ name }) => name)).toEqual([WORKER])
  })

  test('of a worker that is silent the row goes too, and comes back with its next heartbeat', async () => {
    const { db } = await open()
    const [idle, other] = [anIdentity('idle'), anIdentity('other')]
    await beat(db, idle, { claim: null, now: after(0) })
    const rescuer = aRescuer(db)
    await rescuer.watchFor(8)
    await beat(db, other, { claim: null, now: after(8) })
    await rescuer.watchFor(2)
    expect(await listWorkers(db)).toMatchObject([{ id: 'other' }])
    await beat(db, idle, { claim: null, now: after(12) })
    expect((await listWorkers(db)).map(({ id }) => id)).toEqual(['idle', 'other'])
  })

  test('jobs that nobody has to hold are never touched', async () => {
    const { db, everything } = await open()
    const quiet = ['editing', 'start_pending', 'paused', 'cancelled', 'finished', 'failed'] as const
    for (const status of quiet) await aJob(db, { status })
    const before = await everything()
    expect(await rescueSilent(db, after(1_000_000))).toEqual([])
    expect(await everything()).toEqual(before)
  })

  test('a job that kills three workers at one checkpoint fails with that reason', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'c0' })
    const fates: string[] = []
    for (let death = 1; death <= 3; death++) {
      // Who goes on begins with a batch that gets no further.
      const batch = aBatch({ jobId: id, claim: `c${death - 1}`, now: after(0) })
      await db.transaction().execute((trx) => commitBatch(trx, batch))
      const [rescued] = await rescueSilent(db, after(death * 100))
      fates.push(rescued?.status ?? 'not rescued')
      await claimNextJob(db, { claim: `c${death}`, worker: anIdentity(), now: after(death * 100) })
    }

    expect(fates).toEqual(['start_pending', 'start_pending', 'failed'])
    expect(await findJob(db, id)).toMatchObject({
      status: 'failed',
      failure_reason: 'worker_died',
      failure_params: { times: 3, record: 10 },
    })
    expect(await lastEntries(db, id, 2)).toMatchObject([{ code: 'TLY-1012' }, { code: 'TLY-9011' }])
  })

  test.each([
    [1, null, [{ code: 'TLY-1024', params: { record: 11, line: 12, offset: 100 } }]],
    [4_000, null, [{ code: 'TLY-1025', params: { from: 11, to: 4_010 } }]],
    [4_000, 30, [{ code: 'TLY-1025', params: { from: 11, to: 30 } }]],
    [4_000, 11, [{ code: 'TLY-1024', params: { record: 11, line: 12, offset: 100 } }]],
    [0, 10, []],
  ])('where %i records of %s were ahead, they are in question', async (ahead, total, entries) => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'c0' })
    const checkpoint = { offset: 100, line: 12, record: 10, ahead, memo: null }
    for (let death = 1; death <= 3; death++) {
      const batch = aBatch({ jobId: id, claim: `c${death - 1}`, total, checkpoint })
      await db.transaction().execute((trx) => commitBatch(trx, batch))
      await rescueSilent(db, after(100))
      await claimNextJob(db, { claim: `c${death}`, worker: anIdentity(), now: after(100) })
    }
    const last = await lastEntries(db, id, 1 + entries.length)
    expect(last).toMatchObject([{ code: 'TLY-9011' }, ...entries])
  })

  test('a job that gets further is no danger, and one that is started again has its chances', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running' })
    await rescueSilent(db, after(100))
    await rescueSilent(db, after(100))
    const deathAfter = async (claim: string, processed: number, reached?: number) => {
      await claimNextJob(db, { claim, worker: anIdentity(), now: after(100) })
      const checkpoint = { offset: 100, line: 12, record: processed, reached, memo: null }
      const batch = aBatch({ jobId: id, claim, counters: { processed }, checkpoint })
      await db.transaction().execute((trx) => commitBatch(trx, batch))
      await rescueSilent(db, after(100))
      return await findJob(db, id)
    }
    expect(await deathAfter('second', 10)).toMatchObject({ deaths: 1, died_after: 10 })
    // A dry run starts again, and gets to the same place.
    expect(await deathAfter('third', 8)).toMatchObject({ deaths: 2, died_after: 10 })
    expect(await deathAfter('fourth', 12)).toMatchObject({ deaths: 1, died_after: 12 })
    // Records that are postponed are not processed, and yet the run gets further.
    expect(await deathAfter('fifth', 12, 20)).toMatchObject({ deaths: 1, died_after: 20 })

    await transition(db, id, 'pause', { actor: OPERATOR, now: after(200) })
    const started = await transition(db, id, 'start', { actor: OPERATOR, now: after(200) })
    expect(started.deaths).toBe(0)
  })

  test('of rescuers in many processes one acts', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running' })
    const connections = [db, await another(), await another()]
    const rescues = await Promise.all(connections.map((each) => rescueSilent(each, after(100))))
    expect(rescues.flat()).toHaveLength(1)
    expect((await findJob(db, id))?.deaths).toBe(1)
  })

  test('a worker whose long batch ends while the rescuer waits for it keeps its job', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const rescuer = aRescuer(await another())
    await rescuer.watchFor(8)

    let rescued: Promise<unknown> = Promise.resolve()
    await db.transaction().execute(async (trx) => {
      await holdJob(trx, { jobId: id, claim: 'mine' })
      rescuer.sleepFor(2)
      rescued = rescuer.sweep(after(20))
      await commitBatch(trx, aBatch({ jobId: id, claim: 'mine', now: after(20) }))
    })

    expect(await rescued).toEqual([])
    expect(await findJob(db, id)).toMatchObject({ status: 'running', claim: 'mine', batches: 1 })
  })
})
