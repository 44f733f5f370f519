import { setImmediate as nextTurn } from 'node:timers/promises'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConflictError, NotFoundError } from '../../src/domain/errors.ts'
import { exportSpecification } from '../../src/domain/specification.ts'
import { isOver, JOB_STATUSES } from '../../src/domain/status.ts'
import type { Db } from '../../src/db/store.ts'
import { commitBatch } from '../../src/engine/batch.ts'
import { deleteJob, forgetKeys, sweep } from '../../src/engine/delete-job.ts'
import { editJob } from '../../src/engine/edit-job.ts'
import { createJob, findJob } from '../../src/engine/jobs.ts'
import { iterateRejects } from '../../src/engine/rejects.ts'
import { transition } from '../../src/engine/transition.ts'
import { filesIn } from '../../src/pipeline/result-file.ts'
import { aBatch, aReject } from '../support/a-batch.ts'
import { aJob, after, NOON, OPERATOR, WORKER } from '../support/a-job.ts'
import { all } from '../support/all.ts'
import { databases } from '../support/databases.ts'
import { tmpDir } from '../support/tmp.ts'

const FILES = filesIn('/no/outbox')
const DELETABLE = JOB_STATUSES.filter((status) => status === 'editing' || isOver(status))
const OTHERS = JOB_STATUSES.filter((status) => !DELETABLE.includes(status))

async function rememberKeys(db: Db, jobId: number, count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let n = 0; n < count; n += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, i) => ({ job_id: jobId, key: `k${n + i}` }))
      await trx.insertInto('tallyman_key').values(rows).execute()
    }
  })
}

async function keysOf(db: Db, jobId: number): Promise<number> {
  const rows = await db
    .selectFrom('tallyman_key')
    .select('key')
    .where('job_id', '=', jobId)
    .execute()
  return rows.length
}

async function aFailedExport(db: Db): Promise<{ id: number; path: string; part: string }> {
  const path = join(tmpDir(), 'people.csv')
  const { id } = await createJob(
    db,
    {
      type: 'export',
      specification: exportSpecification.parse({ table: 'person', path }),
      label: 'People',
      targetTable: 'person',
      fileName: 'people.csv',
      status: 'start_pending',
    },
    { actor: OPERATOR, now: NOON },
  )
  for (const event of ['claim', 'fail'] as const) {
    await transition(db, id, event, { actor: WORKER, claim: 'mine', now: NOON })
  }
  const part = `${path}.tallyman-${id}.part`
  writeFileSync(part, 'id,na')
  return { id, path, part }
}

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
    const { id, path } = await aFailedExport(db)
    writeFileSync(path, 'of last week')
    await deleteJob(db, id, { actor: OPERATOR, now: NOON, files: FILES })
    expect(readdirSync(dirname(path))).toEqual([basename(path)])
  })

  test('a job whose part file can not be removed is not deleted', async () => {
    const { db } = await open()
    const { id, part } = await aFailedExport(db)
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
    await rememberKeys(db, id, 40_000)
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

    // After a piece of ten thousand, and after another.
    expect([...left].filter((keys) => keys > 0 && keys < 40_000).length).toBeGreaterThan(1)
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
        if (++statements > 4) throw new Error('killed')
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    })
    await expect(
      deleteJob(dying, id, { actor: OPERATOR, now: NOON, files: FILES }),
    ).rejects.toThrow('killed')
    expect(await findJob(db, id)).toBeUndefined()
    expect(await everything()).not.toEqual(before)

    await sweep(db)
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

describe.each(databases)('the keys of a job on %s', (_name, open) => {
  test.each(JOB_STATUSES)('are kept while a job that is %s may need them', async (status) => {
    const { db } = await open()
    const { id } = await aJob(db, { status })
    await rememberKeys(db, id, 1_000)
    await forgetKeys(db, id)
    const final = status === 'finished' || status === 'cancelled'
    expect(await keysOf(db, id)).toBe(final ? 0 : 1_000)
  })

  test('are swept up where nobody forgot them', async () => {
    const { db } = await open()
    const over = [await aJob(db, { status: 'finished' }), await aJob(db, { status: 'cancelled' })]
    const paused = await aJob(db, { status: 'paused' })
    for (const { id } of [...over, paused]) await rememberKeys(db, id, 1_000)
    await sweep(db)
    for (const { id } of over) expect(await keysOf(db, id)).toBe(0)
    expect(await keysOf(db, paused.id)).toBe(1_000)
  })

  test('and its rejects outlive each other', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const batch = aBatch({ jobId: id, claim: 'mine', rejects: [aReject()] })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    await transition(db, id, 'finish', { actor: WORKER, now: NOON, claim: 'mine' })
    await forgetKeys(db, id)
    expect(await all(iterateRejects(db, id))).toHaveLength(1)
  })
})
