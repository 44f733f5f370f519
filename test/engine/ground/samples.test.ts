import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { forgetRehearsal } from '../../../src/engine/cleanup/forget-rehearsal.ts'
import { samplesOf, takeSample } from '../../../src/engine/ground/samples.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { aBatch } from '../../support/jobs/a-batch.ts'
import { after, aJob, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'

const LONG_RUN = 2_000
const MOST = 420

async function commitAt(
  db: Db,
  jobId: number,
  seconds: number,
  processed: number,
  ranMs = seconds * 1_000,
) {
  const batch = aBatch({
    jobId,
    claim: 'mine',
    now: after(seconds),
    ranMs,
    counters: { processed, success: processed, inserted: processed },
  })
  await db.transaction().execute((trx) => commitBatch(trx, batch))
}

/** A run with a batch in every second, or without those in which it was interrupted. */
async function runFor(db: Db, jobId: number, isThere: (second: number) => boolean = () => true) {
  await db.transaction().execute(async (trx) => {
    for (let second = 0; second < LONG_RUN; second++) {
      if (!isThere(second)) continue
      const at = after(second).toISOString()
      const running_ms = second * 1_000 + 40
      await takeSample(trx, { jobId, running_ms, at, processed: second * 10, rejects: second })
    }
  })
}

describe.each(databases)('the samples of a run on %s', (_name, open) => {
  test('are its first batches in every second', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    for (const seconds of [0.5, 0.9, 1.2, 1.9, 4.1])
      await commitAt(db, id, seconds, Math.round(seconds * 100))
    expect(await samplesOf(db, id)).toEqual(
      [0.5, 1.2, 4.1].map((seconds) => ({
        running_ms: seconds * 1_000,
        at: after(seconds).toISOString(),
        processed: Math.round(seconds * 100),
        rejects: 0,
      })),
    )
  })

  test('go by the time of running, without pauses', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    await commitAt(db, id, 1, 10)
    await transition(db, id, 'pause', { actor: OPERATOR, now: after(2) })
    await transition(db, id, 'yield', { actor: WORKER, now: after(2), claim: 'mine' })
    await transition(db, id, 'start', { actor: OPERATOR, now: after(1_000) })
    const again = await claimNextJob(db, { claim: 'mine', worker: anIdentity(), now: after(1_000) })
    await commitAt(db, id, 1_001, 20, Number(again?.duration_ms) + 1_000)
    const times = (await samplesOf(db, id)).map(({ running_ms, at }) => [running_ms, at])
    expect(times).toEqual([
      [1_000, after(1).toISOString()],
      [3_000, after(1_001).toISOString()],
    ])
  })

  test('are never many, cover the whole run evenly and its end closely', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await runFor(db, id)
    const seconds = (await samplesOf(db, id)).map(({ running_ms }) =>
      Math.floor(running_ms / 1_000),
    )
    expect(seconds.length).toBeLessThanOrEqual(MOST)
    const grid = seconds.filter((second) => second % 8 === 0)
    expect(grid).toEqual(Array.from({ length: LONG_RUN / 8 }, (_, n) => n * 8))
    expect(seconds.slice(-20)).toEqual(Array.from({ length: 20 }, (_, n) => LONG_RUN - 20 + n))
  })

  test('are the same when a batch is done again after a crash', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await runFor(db, id)
    const before = await samplesOf(db, id)
    await runFor(db, id, (second) => second === LONG_RUN - 1)
    expect(await samplesOf(db, id)).toEqual(before)
  })

  test('go with the job, and with a rehearsal that starts again', async () => {
    const { db, everything } = await open()
    const before = await everything()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    await commitAt(db, id, 1, 10)
    await db.transaction().execute((trx) => forgetRehearsal(trx, id))
    expect(await samplesOf(db, id)).toEqual([])
    await commitAt(db, id, 2, 20)
    await transition(db, id, 'finish', { actor: WORKER, now: after(3), claim: 'mine' })
    await deleteJob(db, id, { actor: OPERATOR, now: after(0), files: filesIn('/no/outbox') })
    expect(await everything()).toEqual(before)
  })
})
