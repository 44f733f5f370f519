import { expect, test } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import type { ImportSpecification } from '../../../src/domain/specification/specification.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { listRejectKinds } from '../../../src/engine/rejects/reject-kinds.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import type { Batch } from '../../../src/domain/jobs/batch.ts'
import { runJob } from '../../../src/worker/run/run-job.ts'
import { rescueSilent } from '../../support/jobs/a-rescuer.ts'
import {
  aBigImport,
  aWaitingJob,
  countPeople,
  REJECTS,
  WHOLE,
} from '../../support/jobs/big-import.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { aLog } from '../../support/programs/a-log.ts'

async function aClaimedJob(
  given: Partial<ImportSpecification> = {},
): Promise<{ store: Store; job: Job }> {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder, given)
  const job = await claimNextJob(store.db, {
    claim: 'mine',
    worker: anIdentity('me'),
    now: new Date(),
    jobId: id,
  })
  if (job === undefined) throw new Error('the job was not there to be claimed')
  return { store, job }
}

const { log, lines } = aLog()
const MINE = {
  claim: 'mine',
  worker: anIdentity('me'),
  log,
  stopSignal: new AbortController().signal,
}

test('a worker whose claim was lost writes nothing more and leaves the job alone', async () => {
  const { store, job } = await aClaimedJob()
  await rescueSilent(store.db)
  await claimNextJob(store.db, { claim: 'theirs', worker: anIdentity('they'), now: new Date() })

  await runJob(store, job, MINE)
  expect(await findJob(store.db, job.id)).toMatchObject({ status: 'running', claim: 'theirs' })
  expect(await countPeople(store)).toBe(0)
})

test('a request that came before the first batch is obeyed after it', async () => {
  const { store, job } = await aClaimedJob()
  await transition(store.db, job.id, 'pause', { actor: 'operator', now: new Date() })
  await runJob(store, job, MINE)
  const paused = await findJob(store.db, job.id)
  expect(paused?.status).toBe('paused')
  expect(await countPeople(store)).toBe(paused?.counters.inserted)
})

test('an error that nobody foresaw fails the job, and is told in full', async () => {
  const { store, job } = await aClaimedJob()
  const broken: Store = { ...store, openTarget: () => raise(new Error('out of luck')) }
  await runJob(broken, job, MINE)
  expect(await findJob(store.db, job.id)).toMatchObject({
    status: 'failed',
    failure_reason: 'internal',
    failure_params: { detail: 'out of luck' },
  })
  expect(lines).toMatchObject([
    { level: 50, msg: 'Job 1 failed', err: { message: 'out of luck', stack: expect.any(String) } },
  ])
})

test('a full disk is told from other errors', async () => {
  const { store, job } = await aClaimedJob()
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  await runJob({ ...store, openTarget: () => raise(full) }, job, MINE)
  expect(await findJob(store.db, job.id)).toMatchObject({ failure_reason: 'disk_full' })
})

test('a shutdown before the first batch is in time', async () => {
  const { store, job } = await aClaimedJob()
  await runJob(store, job, { ...MINE, stopSignal: AbortSignal.abort() })
  expect(await findJob(store.db, job.id)).toMatchObject({ status: 'shutting_down', claim: null })
})

test('a dry run that was paused starts again, and rejects each record once', async () => {
  const { store, job } = await aClaimedJob({ dryRun: true })
  const asks: Promise<Job>[] = []
  const onBatch = ({ rejects }: Batch) => {
    if (rejects.length === 0 || asks.length > 0) return
    asks.push(transition(store.db, job.id, 'pause', { actor: 'operator', now: new Date() }))
  }
  await runJob(store, job, { ...MINE, onBatch })
  expect((await findJob(store.db, job.id))?.status).toBe('paused')

  await transition(store.db, job.id, 'start', { actor: 'operator', now: new Date() })
  const again = await claimNextJob(store.db, {
    claim: 'mine',
    worker: anIdentity('me'),
    now: new Date(),
  })
  if (again !== undefined) await runJob(store, again, MINE)
  expect(await findJob(store.db, job.id)).toMatchObject(WHOLE)
  expect(await countPeople(store)).toBe(0)
  expect(await listRejectKinds(store.db, job.id)).toMatchObject([{ count: REJECTS }])
})

function raise(error: Error): never {
  throw error
}
