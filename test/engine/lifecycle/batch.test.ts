import { describe, expect, test } from 'vitest'
import { BatchLostError, ClaimLostError } from '../../../src/domain/words/errors.ts'
import { durationOf } from '../../../src/domain/jobs/job.ts'
import { commitBatch, holdJob } from '../../../src/engine/lifecycle/batch.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { samplesOf } from '../../../src/engine/ground/samples.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { after, aJob, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { rescueSilent } from '../../support/jobs/a-rescuer.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'

describe.each(databases)('batches on %s', (_name, open) => {
  test('a batch stores counters, checkpoint, rejects and journal together', async () => {
    const { db } = await open()
    const { id, revision } = await aJob(db, { status: 'running', claim: 'mine' })
    const checkpoint = { offset: 1_234, line: 12, record: 11, memo: { columns: ['a', 'b'] } }
    const batch = aBatch({
      jobId: id,
      claim: 'mine',
      counters: { processed: 11, rejects: 1, errors: 2 },
      total: 11,
      checkpoint,
      bytesRead: 900,
      rejects: [
        aReject({ record: 3 }),
        aReject({ record: 3, connector: 'database', field: 'age', code: 'TLY-3002' }),
      ],
      journal: [{ code: 'TLY-1014', params: { index: 'i', table: 't', columns: 'a' } }],
      file: { size: 2_000, sha256: 'abc' },
    })

    expect(await db.transaction().execute((trx) => commitBatch(trx, batch))).toEqual({
      status: 'running',
    })

    const job = await findJob(db, id)
    expect(job).toMatchObject({
      counters: batch.counters,
      total: 11,
      checkpoint,
      bytes_read: 900,
      batches: 1,
      revision: revision + 1,
      progressed_at: after(10).toISOString(),
      file_size: 2_000,
      file_sha256: 'abc',
    })
    expect(await all(iterateRejects(db, id))).toEqual([
      { ...batch.rejects[0], seq: 0, at: after(10).toISOString() },
      { ...batch.rejects[1], seq: 1, at: after(10).toISOString() },
    ])
    const journal = await journalAfter(db, id, { after: 0, limit: 10 })
    expect(journal.at(-1)).toMatchObject({ ...batch.journal[0], actor: WORKER })
  })

  test('the next batch keeps what is known of the file', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const first = aBatch({ jobId: id, claim: 'mine', file: { size: 5, sha256: 'abc' } })
    await db.transaction().execute((trx) => commitBatch(trx, first))
    const second = aBatch({ jobId: id, claim: 'mine' })
    await db.transaction().execute((trx) => commitBatch(trx, second))
    expect(await findJob(db, id)).toMatchObject({ file_size: 5, file_sha256: 'abc', batches: 2 })
  })

  test('a clock that is set a day forward or back moves no duration, and no sample', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const day = 86_400
    for (const [at, ranMs] of [
      [day, 1_500],
      [-day, 3_500],
    ] as const) {
      const batch = aBatch({ jobId: id, claim: 'mine', now: after(at), ranMs })
      await db.transaction().execute((trx) => commitBatch(trx, batch))
      const job = await requireJob(db, id)
      expect([durationOf(job, after(at)), durationOf(job, after(at + 1))]).toEqual([
        ranMs,
        ranMs + 1_000,
      ])
    }
    const samples = await samplesOf(db, id)
    expect(samples.map(({ running_ms }) => running_ms)).toEqual([1_500, 3_500])
  })

  test('the last batch of a job that shuts down starts no clock', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down', claim: 'mine' })
    const batch = aBatch({ jobId: id, claim: 'mine' })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    expect(await findJob(db, id)).toMatchObject({ duration_ms: 10_000, running_since: null })
  })

  test('tens of thousands of rejects fit into one batch', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const rejects = Array.from({ length: 20_000 }, (_, n) => aReject({ record: n + 1 }))
    const batch = aBatch({ jobId: id, claim: 'mine', rejects })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    expect(await all(iterateRejects(db, id))).toHaveLength(20_000)
  })

  test('a worker that holds its job sees what was asked for meanwhile', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const hold = { jobId: id, claim: 'mine' }
    expect(await db.transaction().execute((trx) => holdJob(trx, hold))).toBe('running')
    await transition(db, id, 'cancel', { actor: OPERATOR, now: after(6) })
    expect(await db.transaction().execute((trx) => holdJob(trx, hold))).toBe('cancelling')
    const batch = aBatch({ jobId: id, claim: 'mine' })
    expect(await db.transaction().execute((trx) => commitBatch(trx, batch))).toEqual({
      status: 'cancelling',
    })
  })

  test('a worker whose last batch the database has lost does not go on behind it', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const hold = (batches: number) => () =>
      db.transaction().execute((trx) => holdJob(trx, { jobId: id, claim: 'mine', batches }))
    expect(await hold(0)()).toBe('running')
    await expect(hold(1)()).rejects.toThrow(BatchLostError)
  })

  test('a click waits for the batch under way and loses nothing of it', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const there = await another()

    let clicked: Promise<unknown> = Promise.resolve()
    await db.transaction().execute(async (trx) => {
      await holdJob(trx, { jobId: id, claim: 'mine' })
      clicked = transition(there, id, 'pause', { actor: OPERATOR, now: after(1) })
      await commitBatch(trx, aBatch({ jobId: id, claim: 'mine' }))
    })
    await clicked

    const job = await findJob(db, id)
    expect(job).toMatchObject({ status: 'pausing', batches: 1, counters: { processed: 10 } })
  })

  test('a worker that was given up for dead and comes back writes nothing', async () => {
    const { db, everything } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'stale' })
    await rescueSilent(db, after(60))
    await claimNextJob(db, { claim: 'fresh', worker: anIdentity('worker-2'), now: after(61) })
    const before = await everything()

    const stale = { jobId: id, claim: 'stale', now: after(62) }
    const held = db.transaction().execute((trx) => holdJob(trx, stale))
    await expect(held).rejects.toThrow(ClaimLostError)
    const batch = aBatch({ ...stale, rejects: [aReject()] })
    const committed = db.transaction().execute((trx) => commitBatch(trx, batch))
    await expect(committed).rejects.toThrow(ClaimLostError)
    const finished = transition(db, id, 'finish', { actor: WORKER, now: after(62), claim: 'stale' })
    await expect(finished).rejects.toThrow(ClaimLostError)
    expect(await everything()).toEqual(before)
  })

  test('a batch for a job that nobody holds writes nothing', async () => {
    const { db, everything } = await open()
    const { id } = await aJob(db, { status: 'paused' })
    const before = await everything()
    const batch = aBatch({ jobId: id, claim: 'stale', rejects: [aReject()] })
    const committed = db.transaction().execute((trx) => commitBatch(trx, batch))
    await expect(committed).rejects.toMatchObject({ problem: { problem: 'claim_lost', id } })
    expect(await everything()).toEqual(before)
  })
})
