import { describe, expect, test } from 'vitest'
import { beat } from '../../../src/engine/lifecycle/workers.ts'
import { verifyJob } from '../../../src/engine/verify/verify-job.ts'
import { after, aJob, WORKER } from '../../support/jobs/a-job.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { databases } from '../../support/databases.ts'

describe.each(databases)('a job on %s is held against', (_name, open) => {
  test('the worker that says that it runs it', async () => {
    const { db } = await open()
    const job = await aJob(db, { status: 'running', claim: 'mine' })
    const verify = () => db.transaction().execute((trx) => verifyJob(trx, job))
    await beat(db, anIdentity(), { claim: 'mine', now: after(1) })
    await beat(db, anIdentity('idle'), { claim: null, now: after(1) })
    expect(await verify()).toEqual([])

    await beat(db, anIdentity(), { claim: null, now: after(2) })
    await beat(db, anIdentity('eve'), { claim: 'mine', now: after(2) })
    expect(await verify()).toEqual([
      { problem: 'part_off', part: 'worker', is: WORKER, should: 'eve' },
    ])
  })
})
