import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { commitBatch, holdJob } from '../../../src/engine/lifecycle/batch.ts'
import { releaseJob } from '../../../src/engine/lifecycle/claim.ts'
import { editJob } from '../../../src/engine/jobs/edit-job.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { duplicateJob, runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { beat } from '../../../src/engine/lifecycle/workers.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { after, aJob, OPERATOR } from '../../support/jobs/a-job.ts'
import { rescueSilent } from '../../support/jobs/a-rescuer.ts'
import { databases } from '../../support/databases.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'

const ACT = { actor: OPERATOR, now: after(60) }
const held = (jobId: number) => ({ jobId, claim: 'mine' })

type Act = (db: Db, id: number) => Promise<unknown>

describe.each(databases)('the revision on %s', (_name, open) => {
  test('is read for one job and for many, those that are there', async () => {
    const { db, store } = await open()
    const [first, second] = [await aJob(db), await aJob(db, { status: 'finished' })]
    expect(await store.revisionOf(second.id)).toBe(second.revision)
    expect(await store.revisionOf(99)).toBeUndefined()
    expect(await store.revisionsOf([second.id, 99, first.id])).toEqual(
      new Map([
        [first.id, first.revision],
        [second.id, second.revision],
      ]),
    )
    await editJob(db, first.id, { label: 'x', description: '' }, ACT)
    expect(await store.revisionOf(first.id)).toBe(first.revision + 1)
  })

  test.each<[string, Act]>([
    ['a click', (db, id) => transition(db, id, 'pause', ACT)],
    ['an edit', (db, id) => editJob(db, id, { label: 'x', description: '' }, ACT)],
    ['a copy', (db, id) => duplicateJob(db, id, ACT)],
    ['a rescue', (db) => rescueSilent(db, after(60))],
    [
      'a batch',
      (db, id) =>
        db
          .transaction()
          .execute((trx) => commitBatch(trx, { ...aBatch(held(id)), rejects: [aReject()] })),
    ],
  ])('of a running job grows with %s', async (_what, act) => {
    const { db } = await open()
    const job = await aJob(db, { status: 'running', claim: 'mine' })
    await act(db, job.id)
    expect((await findJob(db, job.id))?.revision).toBeGreaterThan(job.revision)
  })

  test('grows when a worker lets go of its job, and when a job is run again', async () => {
    const { db } = await open()
    const stopped = await aJob(db, { status: 'shutting_down', claim: 'mine' })
    await releaseJob(db, { claim: 'mine' })
    expect((await findJob(db, stopped.id))?.revision).toBe(stopped.revision + 1)
    const over = await aJob(db, { status: 'finished' })
    await runAgain(db, over.id, ACT)
    expect((await findJob(db, over.id))?.revision).toBe(over.revision + 1)
  })

  test('stays with a heartbeat, which nobody sees', async () => {
    const { db } = await open()
    const { id, revision } = await aJob(db, { status: 'running', claim: 'mine' })
    await beat(db, anIdentity(), { claim: 'mine', now: after(1) })
    await db.transaction().execute((trx) => holdJob(trx, held(id)))
    expect(await findJob(db, id)).toMatchObject({ revision })
  })
})
