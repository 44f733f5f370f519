import { setImmediate as nextTurn } from 'node:timers/promises'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConflictError, NotFoundError } from '../../../src/domain/words/errors.ts'
import { isOver, JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { editJob } from '../../../src/engine/jobs/edit-job.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { runCleanup } from '../../../src/engine/cleanup/cleanup-queue.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aJob, after, NOON, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { anExport, keysOf, rememberKeys } from '../../support/jobs/what-belongs.ts'

const FILES = filesIn('/no/outbox')
const DELETABLE = JOB_STATUSES.filter((status) => status === 'editing' || isOver(status))
const OTHERS = JOB_STATUSES.filter((status) => !DELETABLE.includes(status))

describe.each(databases)('deleting on %s', (_name, open) => {
  test.each(DELETABLE)('a job that is %s goes with all that belongs to it', async (status) => {
    const { db, everything } = await open()
    const before = await everything()
    const { id } = await aJob(db, { status })
    await deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    expect(await everything()).toEqual(before)
    expect(await findJob(db, id)).toBeUndefined()
  })

  test('the part file of an export that failed goes with its job, an older result stays', async () => {
    const { db } = await open()
    const { id, path } = await anExport(db, ['claim', 'fail'])
    writeFileSync(path, 'of last week')
    await deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    expect(readdirSync(dirname(path))).toEqual([basename(path)])
  })

  test('a job whose part file can not be removed is not deleted', async () => {
    const { db } = await open()
    const { id, part } = await anExport(db, ['claim', 'fail'])
    rmSync(part)
    mkdirSync(part)
    await expect(deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })).rejects.toThrow(
      /directory/i,
    )
    expect(await findJob(db, id)).toMatchObject({ id, status: 'failed' })
  })

  test.each(OTHERS)('a job that is %s can not be deleted', async (status) => {
    const { db, everything } = await open()
    const { id } = await aJob(db, { status })
    const before = await everything()
    const deleted = deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    await expect(deleted).rejects.toThrow(ConflictError)
    const allowed = ['editing', 'cancelled', 'finished', 'failed']
    await expect(deleted).rejects.toMatchObject({
      problem: { problem: 'wrong_status', id, status, act: 'delete', allowed },
    })
    expect(await everything()).toEqual(before)
  })

  test('a job goes whose part file can be nowhere: its folder is a file by now', async () => {
    const { db, everything } = await open()
    const before = await everything()
    const { id, path } = await anExport(db, ['claim', 'fail'])
    rmSync(dirname(path), { recursive: true })
    writeFileSync(dirname(path), '')
    await deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    expect(await everything()).toEqual(before)
  })

  test('a job that is not there can not be deleted', async () => {
    const { db } = await open()
    await expect(deleteJob(db, 5, { actor: OPERATOR, now: NOON, files: FILES })).rejects.toThrow(
      NotFoundError,
    )
  })

  test('more than one piece of rejects and keys goes, and other jobs keep theirs', async () => {
    const { db, everything } = await open()
    const other = await aJob(db, { status: 'running', claim: 'other' })
    const keep = aBatch({ jobId: other.id, claim: 'other', rejects: [aReject()] })
    await db.transaction().execute((trx) => commitBatch(trx, keep))
    await rememberKeys(db, other.id, 1_000)
    const before = await everything()

    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const rejects = Array.from({ length: 12_000 }, (_, n) => aReject({ record: n + 1 }))
    const batch = aBatch({ jobId: id, claim: 'mine', rejects })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    await rememberKeys(db, id, 12_000)
    await transition(db, id, 'finish', { actor: WORKER, now: NOON, claim: 'mine' })
    await deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })

    expect(await everything()).toEqual(before)
  })

  test('between two pieces others have their turn: requests, and writers of other processes', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'cancelled' })
    const { id: other } = await aJob(db)
    await rememberKeys(db, id, 10_000)
    const elsewhere = await another()
    let isDone = false
    const deleting = deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    const over = deleting.finally(() => (isDone = true))
    const left = new Set<number>()
    for (let time = 1; !isDone; time++) {
      const texts = { label: `Mine ${time}`, description: '' }
      await editJob(elsewhere, other, texts, { now: NOON, actor: OPERATOR })
      left.add(await keysOf(elsewhere, id))
      await nextTurn()
    }
    await over

    // After one piece, and after another.
    expect([...left].filter((keys) => keys > 0 && keys < 10_000).length).toBeGreaterThan(1)
  })

  test('who deletes a job stays on record', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'editing' })
    await deleteJob(db, id, { actor: 'bea', now: after(5), files: FILES })
    const row = await db.selectFrom('tallyman_removal').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ job_id: id, status: 'editing', removed_by: 'bea', dry_run: 0 })
    expect(row.removed_at).toBe(after(5).toISOString())
  })

  test('a deletion that a crash cut short is never seen, and is completed later', async () => {
    const { db, everything } = await open()
    const before = await everything()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const batch = aBatch({ jobId: id, claim: 'mine', rejects: [aReject()] })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    await transition(db, id, 'finish', { actor: WORKER, now: NOON, claim: 'mine' })

    // A deletion loses its connection after the job itself is gone.
    let statements = 0
    const dying = db.withPlugin({
      transformQuery: ({ node }) => {
        if (++statements > 7) throw new Error('killed')
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    })
    await expect(
      deleteJob(dying, id, { actor: OPERATOR, now: NOON, files: FILES }),
    ).rejects.toThrow('killed')
    expect(await findJob(db, id)).toBeUndefined()
    expect(await everything()).not.toEqual(before)

    await runCleanup(db, FILES)
    expect(await everything()).toEqual(before)
  })

  test('the number of a deleted job is never given again', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    expect((await aJob(db)).id).toBeGreaterThan(id)
  })

  test('of a start and a deletion at the same time, one happens', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'failed' })
    const there = await another()
    const results = await Promise.allSettled([
      transition(there, id, 'start', { actor: OPERATOR, now: NOON }),
      deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES }),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
