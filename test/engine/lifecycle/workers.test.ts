import { describe, expect, test } from 'vitest'
import { holdJob } from '../../../src/engine/lifecycle/batch.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { kindOf } from '../../../src/db/kind.ts'
import { beat, endWorker, listWorkers } from '../../../src/engine/lifecycle/workers.ts'
import { after, aJob, OPERATOR } from '../../support/jobs/a-job.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { databases } from '../../support/databases.ts'

describe.each(databases)('a worker on %s', (name, open) => {
  test('has a row from its first job on, or its first heartbeat, until it ends', async () => {
    const { db } = await open()
    const [one, other] = [anIdentity('one'), anIdentity('other')]
    await aJob(db, { status: 'start_pending' })
    await claimNextJob(db, { claim: 'mine', worker: one, now: after(1) })
    await beat(db, other, { claim: null, now: after(2) })

    const lease_ms = kindOf(db).patience.leaseMs
    const session = { lock_key: null, process: null }
    expect(await listWorkers(db)).toEqual([
      { ...one, heartbeat_at: after(1).toISOString(), lease_ms, claim: 'mine', ...session },
      { ...other, heartbeat_at: after(2).toISOString(), lease_ms, claim: null, ...session },
    ])
    await beat(db, one, { claim: null, now: after(3) })
    await endWorker(db, other)
    await endWorker(db, anIdentity('without a row'))
    expect(await listWorkers(db)).toEqual([
      { ...one, heartbeat_at: after(3).toISOString(), lease_ms, claim: null, ...session },
    ])
  })

  test('that comes too late for a job has no row of it', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running' })
    const late = { claim: 'mine', worker: anIdentity('late'), now: after(1), jobId: id }
    expect(await claimNextJob(db, late)).toBeUndefined()
    expect(await listWorkers(db)).toEqual([])
  })

  // SQLite has one lock for all rows.
  if (name === 'PostgreSQL') {
    test('beats on while a batch holds its job and a click waits for that', async () => {
      const { db, another } = await open()
      const { id } = await aJob(db, { status: 'running', claim: 'mine' })
      const [there, clicking] = [await another(), await another()]
      let clicked: Promise<unknown> = Promise.resolve()
      await db.transaction().execute(async (trx) => {
        await holdJob(trx, { jobId: id, claim: 'mine' })
        clicked = transition(clicking, id, 'pause', { actor: OPERATOR, now: after(1) })
        await beat(there, anIdentity(), { claim: 'mine', now: after(2) })
        expect(await listWorkers(db)).toHaveLength(1)
      })
      expect(await clicked).toMatchObject({ status: 'pausing' })
    })
  }

  test('whose heartbeat waits holds up no click', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const worker = anIdentity()
    await beat(db, worker, { claim: 'mine', now: after(0) })
    const [holder, beating] = [await another(), await another()]
    const held = await holder.startTransaction().execute()
    await held.updateTable('tallyman_worker').set({ name: 'x' }).where('id', '=', 'x').execute()
    const beaten = beat(beating, worker, { claim: 'mine', now: after(1) })
    const clicked = transition(db, id, 'pause', { actor: OPERATOR, now: after(1) })
    await held.commit().execute()
    await Promise.all([beaten, clicked])
    expect(await clicked).toMatchObject({ status: 'pausing' })
  })
})
