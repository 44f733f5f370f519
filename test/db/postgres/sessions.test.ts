import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { kindOf } from '../../../src/db/kind.ts'
import { openStore } from '../../../src/db/open.ts'
import type { Store, WorkerSession } from '../../../src/db/store.ts'
import { passingProblem } from '../../../src/db/database-problem.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { beat, listWorkers } from '../../../src/engine/lifecycle/workers.ts'
import { holdJob } from '../../../src/engine/lifecycle/batch.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { after, aJob, OPERATOR } from '../../support/jobs/a-job.ts'
import { aRescuer } from '../../support/jobs/a-rescuer.ts'
import { aStore } from '../../support/a-store.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'

/** In seconds of `aRescuer`, whose clock runs faster here. */
const MORE_THAN_THE_GRACE = 4

async function anotherProcess(store: Store): Promise<Store> {
  const other = await openStore(store.url)
  onTestFinished(() => other.close())
  return other
}

async function aSession(store: Store, wake = () => undefined): Promise<WorkerSession> {
  const session = store.openSession(wake)
  onTestFinished(() => session.close())
  await beat(session.db, anIdentity(), { now: after(1), claim: 'mine', session: session.sign })
  return session
}

/** Ends the sessions whose statements were such last. */
async function endSessionsOf({ db }: Store, name: string): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${name} and pid <> pg_backend_pid()`.execute(db)
}

test('a worker whose session has ended is given up after the grace, and not before', async () => {
  const { store } = await aStore()
  const { id } = await aJob(store.db, { status: 'running', claim: 'mine' })
  const theirs = await anotherProcess(store)
  const session = await aSession(theirs)
  const rescuer = aRescuer(store.db)
  expect(await rescuer.watchFor(MORE_THAN_THE_GRACE + 2)).toEqual([])

  await session.close()
  await expect.poll(async () => (await kindOf(store.db).heldLocks(store.db)).size).toBe(0)
  expect(await rescuer.watchFor(0)).toMatchObject([{ jobId: id, status: 'start_pending' }])
  expect(await listWorkers(store.db)).toEqual([])
})

test('a session that was lost comes back within the grace, with a lock that nobody has', async () => {
  const { store } = await aStore()
  await aJob(store.db, { status: 'running', claim: 'mine' })
  const theirs = await anotherProcess(store)
  const session = await aSession(theirs)
  const [before] = await listWorkers(store.db)
  await endSessionsOf(store, theirs.process)
  const again = () =>
    beat(session.db, anIdentity(), { now: after(2), claim: 'mine', session: session.sign })
  // The pool may not have heard of it yet.
  await again().catch(again)
  const [now] = await listWorkers(store.db)
  expect(now?.lock_key).not.toBe(before?.lock_key)
  expect([...(await kindOf(store.db).heldLocks(store.db))]).toContain(now?.lock_key)
  expect(await aRescuer(store.db).watchFor(MORE_THAN_THE_GRACE)).toEqual([])
})

test('a worker that stands still in its first batch, before a heartbeat of its own, is ended with it, so that its job goes on', async () => {
  const { store } = await aStore()
  const { id } = await aJob(store.db, { status: 'start_pending' })
  const theirs = await anotherProcess(store)
  const worker = { ...anIdentity(), process: theirs.process }
  await claimNextJob(theirs.db, { claim: 'mine', worker, now: after(1) })
  // The lock of the job's row would be waited for without an end.
  const standing = await theirs.db.startTransaction().execute()
  await holdJob(standing, { jobId: id, claim: 'mine' })

  expect(await aRescuer(store.db).watchFor(12)).toMatchObject([{ jobId: id, worker: 'worker-1' }])
  const error: unknown = await sql`select 1`.execute(standing).catch((thrown: unknown) => thrown)
  expect(passingProblem(error)).toEqual({ problem: 'server_away' })
  await standing
    .rollback()
    .execute()
    .catch(() => undefined)
  expect(await requireJob(store.db, id)).toMatchObject({ status: 'start_pending', claim: null })
})

test('a job that begins to wait wakes who listens, once it is committed', async () => {
  const { store } = await aStore()
  const { promise, resolve } = Promise.withResolvers<undefined>()
  await aSession(await anotherProcess(store), () => void resolve(undefined))
  const { id } = await aJob(store.db, { status: 'editing' })
  await transition(store.db, id, 'start', { actor: OPERATOR, now: after(1) })
  await promise
})

test('statements that a server never answers fail when the connections are cut', async () => {
  const { store } = await aStore()
  const asking = sql`select pg_sleep(1000)`.execute(store.db).catch((thrown: unknown) => thrown)
  const { rows } = await sql`select 1 as one`.execute(store.db)
  expect(rows).toEqual([{ one: 1 }])
  store.cutConnections()
  expect(passingProblem(await asking)).toEqual({ problem: 'server_away' })
  expect((await sql`select 1 as one`.execute(store.db)).rows).toEqual([{ one: 1 }])
})
