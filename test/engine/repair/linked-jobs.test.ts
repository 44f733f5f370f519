import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { repairsOf } from '../../../src/engine/repair/repairs-of.ts'
import { iterateJournal } from '../../../src/engine/ground/journal.ts'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { duplicateJob, runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import type { Db } from '../../../src/db/store.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { tmpDir } from '../../support/tmp.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

const BY = { now: NOON, actor: OPERATOR }
const people = async (db: Db) => (await sql`select * from person order by id`.execute(db)).rows
const openOf = async (db: Db, id: number) => openRejectsOf(await requireJob(db, id))

describe.each(databases)('linked jobs on %s', (_name, open) => {
  test('corrected records are imported, and the tally of the first job stays', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const before = await requireJob(db, id)
    expect(before.counters).toMatchObject({ processed: 5, inserted: 1, rejects: 4 })

    const { job, taken } = await repair(db, id, { 2: '2,Bo,20', 4: '4,Dora,41' })
    expect(taken).toBe(2)
    await runWaiting(store)
    const linked = await requireJob(db, job.id)
    expect(linked).toMatchObject({ status: 'finished', total: 2, repair_of: id })
    expect(linked.counters).toMatchObject({ processed: 2, inserted: 2, rejects: 0 })
    expect(await people(db)).toEqual([
      { id: 1, name: 'Ana', age: 31 },
      { id: 2, name: 'Bo', age: 20 },
      { id: 4, name: 'Dora', age: 41 },
    ])
    const after = await requireJob(db, id)
    expect(after.counters).toEqual(before.counters)
    expect(after).toMatchObject({ repaired: 2, set_aside: 0 })
    expect(await openOf(db, id)).toBe(2)
    const told = await all(iterateJournal(db, id))
    expect(told.slice(-2)).toMatchObject([
      { code: 'TLY-1060', params: { job: String(job.id), count: 2 } },
      { code: 'TLY-1061', params: { job: String(job.id), repaired: 2, open: 0 } },
    ])
    await expectAgreement(store)
  })

  test('what is rejected again keeps its place in the file, and is open again', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const first = await all(iterateRejects(db, id))
    const { job } = await repair(db, id, { 2: '2,Bo,still', 3: '3,Carla,40', 5: '5,"Eva' })
    await runWaiting(store)
    const again = await all(iterateRejects(db, job.id))
    expect(again.map(({ record, code, raw }) => [record, code, raw.toString()])).toEqual([
      [2, 'TLY-3001', '2,Bo,still'],
      [5, 'TLY-2004', '5,"Eva'],
    ])
    for (const { record, line, offset } of again) {
      expect(first).toContainEqual(expect.objectContaining({ record, line, offset }))
    }
    expect(await openOf(db, id)).toBe(3)
    expect(await openOf(db, job.id)).toBe(0)
    const kept = await db
      .selectFrom('tallyman_repair')
      .select(['record', 'status', 'raw', 'repaired_by_job'])
      .orderBy('record')
      .execute()
    expect(kept.map(({ raw, ...row }) => ({ ...row, raw: raw?.toString() }))).toEqual([
      { record: 2, status: 'open', repaired_by_job: null, raw: '2,Bo,still' },
      { record: 3, status: 'repaired', repaired_by_job: job.id, raw: undefined },
      { record: 5, status: 'open', repaired_by_job: null, raw: '5,"Eva' },
    ])
    await expectAgreement(store)

    await repair(db, id, { 2: '2,Bo,22', 5: '5,Eva,50' })
    await runWaiting(store)
    expect(await people(db)).toHaveLength(4)
    expect(await openOf(db, id)).toBe(1)
    await expectAgreement(store)
  })

  test('of those who repair the same rejects at once, each reject is taken by one', async () => {
    const { store, db, another } = await open()
    const id = await aFaultyImport(store)
    const others = [db, await another(), await another()]
    const started = await Promise.allSettled(
      others.map((one, at) => repair(one, id, { 2: `2,Bo,${at}`, 3: `3,Carla,${at}` }, `op${at}`)),
    )
    const made = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(made.map(({ taken }) => taken)).toEqual([2])
    const refused = started.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toMatchObject([
      { problem: { problem: 'repaired_already', id } },
      { problem: { problem: 'repaired_already', id } },
    ])
    // A refused repair leaves no job behind.
    expect(await db.selectFrom('tallyman_job').select('id').execute()).toHaveLength(2)

    const { taken } = await repair(db, id, { 3: '3,Carla,9', 4: '4,Dora,44' })
    expect(taken).toBe(1)
    await runWaiting(store)
    expect(await people(db)).toHaveLength(4)
    await expectAgreement(store)
  })

  test('the counts told with the linked jobs are theirs, however old the job at hand', async () => {
    const { store, db } = await open()
    const before = await requireJob(db, await aFaultyImport(store))
    const { job } = await repair(db, before.id, { 2: '2,Bo,20', 3: '3,Carla,40' })
    expect(await repairsOf(db, before)).toEqual({
      counts: { repaired: 2, set_aside: 0 },
      linked: [{ job: job.id, repaired: 2, status: 'start_pending' }],
      setAside: [],
      isFirstGone: false,
    })
  })

  test('what a cancelled linked job did not reach is open again', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const { job } = await repair(db, id, { 2: '2,Bo,20', 3: '3,Carla,40' })
    expect(await openOf(db, id)).toBe(2)
    await transition(db, job.id, 'cancel', BY)
    expect(await openOf(db, id)).toBe(4)
    await expectAgreement(store)
    await repair(db, id, { 2: '2,Bo,20' })
    await runWaiting(store)
    expect(await people(db)).toHaveLength(2)
    await expectAgreement(store)
  })

  test('a failed linked job goes on with the rest; deleted, it gives back what it had not reached', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store, {
      fields: { age: fieldOptions.parse({ onError: 'stop' }) },
    })
    await transition(db, id, 'start', BY)
    await runWaiting(store)
    await transition(db, id, 'start', BY)
    await runWaiting(store)
    expect(await openOf(db, id)).toBe(4)
    const { job } = await repair(db, id, { 2: '2,Bo,no', 3: '3,Carla,40', 4: '4,Dora,44' })
    await runWaiting(store)
    expect(await requireJob(db, job.id)).toMatchObject({ status: 'failed' })
    expect(await openOf(db, id)).toBe(2)
    await expectAgreement(store)
    await deleteJob(db, job.id, { ...BY, files: filesIn(tmpDir()) })
    expect(await openOf(db, id)).toBe(4)
    expect(await db.selectFrom('tallyman_correction').selectAll().execute()).toEqual([])
    await expectAgreement(store)
  })

  test('a linked job needs nothing of the first, which may be deleted meanwhile', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const { job } = await repair(db, id, { 2: '2,Bo,20', 3: '3,,40' })
    await deleteJob(db, id, { ...BY, files: filesIn(tmpDir()) })
    await runWaiting(store)
    expect((await requireJob(db, job.id)).counters).toMatchObject({ inserted: 1, rejects: 1 })
    expect(await db.selectFrom('tallyman_repair').selectAll().execute()).toEqual([])
    await expectAgreement(store)
  })

  test('sensitive values of corrected records are kept until the linked job is over, and no longer', async () => {
    const { store, db } = await open()
    const fields = { name: fieldOptions.parse({ sensitive: true }) }
    const id = await aFaultyImport(store, { fields })
    await repair(db, id, { 2: '2,Bo,20', 3: '3,,40' })
    await runWaiting(store)
    expect(await people(db)).toHaveLength(2)
    const kept = async (table: 'tallyman_correction' | 'tallyman_repair' | 'tallyman_reject') =>
      (await db.selectFrom(table).select('raw').execute()).map(({ raw }) => raw?.toString() ?? '')
    expect(await kept('tallyman_correction')).toEqual(['***', '***'])
    const others = [...(await kept('tallyman_repair')), ...(await kept('tallyman_reject'))]
    expect(others.join()).not.toMatch(/Bo/)
    await expectAgreement(store)
  })

  test('sensitive values of corrected records are forgotten also once the first job is deleted', async () => {
    const { store, db } = await open()
    const fields = { name: fieldOptions.parse({ sensitive: true }) }
    const id = await aFaultyImport(store, { fields })
    await repair(db, id, { 2: '2,Bo,20', 3: '3,,40' })
    await deleteJob(db, id, { ...BY, files: filesIn(tmpDir()) })
    await runWaiting(store)
    expect(await people(db)).toHaveLength(2)
    const kept = await db.selectFrom('tallyman_correction').select('raw').execute()
    expect(kept.map(({ raw }) => raw.toString())).toEqual(['***', '***'])
    await expectAgreement(store)
  })

  test('a linked job is neither run again nor copied, nor are its rejects repaired there', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const { job } = await repair(db, id, { 2: '2,Bo,no' })
    await runWaiting(store)
    const elsewhere = { problem: { problem: 'repair_again', id: job.id, first: id } }
    await expect(runAgain(db, job.id, BY)).rejects.toMatchObject(elsewhere)
    await expect(duplicateJob(db, job.id, BY)).rejects.toMatchObject(elsewhere)
    await expect(repair(db, job.id, { 2: '2,Bo,20' })).rejects.toMatchObject({
      problem: { problem: 'repaired_elsewhere', id: job.id, first: id },
    })
    const dry = await aFaultyImport(store, { dryRun: true })
    await expect(repair(db, dry, { 2: '2,Bo,20' })).rejects.toMatchObject({
      problem: { problem: 'dry_run_repaired', id: dry },
    })
  })
})
