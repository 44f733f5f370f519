import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import {
  cleanUpJob,
  isAnythingLeft,
  runCleanup,
} from '../../../src/engine/cleanup/cleanup-queue.ts'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aJob, NOON, WORKER } from '../../support/jobs/a-job.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'
import {
  anExport,
  keysOf,
  postponedOf,
  postponeRecords,
  rememberKeys,
} from '../../support/jobs/what-belongs.ts'

const FILES = filesIn('/no/outbox')

describe.each(databases)('the keys of a job on %s', (_name, open) => {
  test.each(JOB_STATUSES)('are kept while a job that is %s may need them', async (status) => {
    const { db } = await open()
    const { id } = await aJob(db, { status })
    await rememberKeys(db, id, 1_000)
    await cleanUpJob(db, id, FILES)
    const final = status === 'finished' || status === 'cancelled'
    expect(await keysOf(db, id)).toBe(final ? 0 : 1_000)
  })

  test.each(JOB_STATUSES)('and its postponed records go when it is over: %s', async (status) => {
    const { db } = await open()
    const { id } = await aJob(db, { status })
    await postponeRecords(db, id, 10)
    await cleanUpJob(db, id, FILES)
    const final = status === 'finished' || status === 'cancelled'
    expect(await postponedOf(db, id)).toBe(final ? 0 : 10)
  })

  test('are swept up where nobody forgot them', async () => {
    const { db } = await open()
    const over = [await aJob(db, { status: 'finished' }), await aJob(db, { status: 'cancelled' })]
    const paused = await aJob(db, { status: 'paused' })
    for (const { id } of [...over, paused]) await rememberKeys(db, id, 1_000)
    await runCleanup(db, FILES)
    for (const { id } of over) expect(await keysOf(db, id)).toBe(0)
    expect(await keysOf(db, paused.id)).toBe(1_000)
  })

  test('of many jobs are left alone by a sweep that was stopped', async () => {
    const { db } = await open()
    for (let n = 0; n < 3; n++) await aJob(db, { status: 'finished' })
    const { counting, statements } = countStatements(db)
    await runCleanup(counting, FILES, AbortSignal.abort())
    // It would else ask about each of a million jobs, and hold the process for as long.
    expect(statements()).toBe(1)
  })

  test('of many jobs are swept up job by job, with time for a stop between them', async () => {
    const { db } = await open()
    for (let n = 0; n < 5; n++) await aJob(db, { status: 'finished' })
    const stopping = new AbortController()
    setImmediate(() => stopping.abort())
    await runCleanup(db, FILES, stopping.signal)
    expect(await isAnythingLeft(db)).toBe(true)
    await runCleanup(db, FILES)
    expect(await isAnythingLeft(db)).toBe(false)
  })

  test('and its rejects outlive each other', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const batch = aBatch({ jobId: id, claim: 'mine', rejects: [aReject()] })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    await transition(db, id, 'finish', { actor: WORKER, now: NOON, claim: 'mine' })
    await cleanUpJob(db, id, FILES)
    expect(await all(iterateRejects(db, id))).toHaveLength(1)
  })
})

describe.each(databases)('what a cancelled export has written on %s', (_name, open) => {
  test('goes with the next sweep, where its worker died before it could', async () => {
    const { db } = await open()
    const { id, part } = await anExport(db, ['claim', 'cancel', 'halt'])
    expect(await runCleanup(db, FILES)).toEqual([])
    expect(existsSync(part)).toBe(false)
    expect(await findJob(db, id)).toMatchObject({ status: 'cancelled' })
  })

  test('is tried again where it could not be removed, and holds up no other', async () => {
    const { db } = await open()
    const stuck = await anExport(db, ['claim', 'cancel', 'halt'])
    const other = await anExport(db, ['claim', 'cancel', 'halt'])
    rmSync(stuck.part)
    mkdirSync(stuck.part)

    expect(await runCleanup(db, FILES)).toMatchObject([
      { id: stuck.id, error: { path: stuck.part } },
    ])
    expect(existsSync(other.part)).toBe(false)
    rmdirSync(stuck.part)
    writeFileSync(stuck.part, 'id,na')
    expect(await runCleanup(db, FILES)).toEqual([])
    expect(existsSync(stuck.part)).toBe(false)
  })
})

function countStatements(db: Db) {
  let count = 0
  const counting = db.withPlugin({
    transformQuery({ node }) {
      count++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  return { counting, statements: () => count }
}
