import { describe, expect, test } from 'vitest'
import { InvalidInputError, NotFoundError } from '../../../src/domain/words/errors.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { editJob } from '../../../src/engine/jobs/edit-job.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { listJobs } from '../../../src/engine/list/list-jobs.ts'
import { duplicateJob } from '../../../src/engine/lifecycle/run-again.ts'
import { after, aJob } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { idsOf } from '../../support/jobs/random-jobs.ts'

const ACT = { actor: 'eva', now: after(60) }

describe.each(databases)('editing on %s', (_name, open) => {
  test.each(JOB_STATUSES)('a job that is %s can be given another label', async (status) => {
    const { db } = await open()
    const old = await aJob(db, { status })

    const job = await editJob(db, old.id, { label: '  Customers \n', description: ' All ' }, ACT)

    const texts = { label: 'Customers', description: 'All' }
    expect(job).toEqual({ ...old, ...texts, revision: old.revision + 1 })
    expect(await findJob(db, old.id)).toEqual(job)
    const journal = await journalAfter(db, old.id, { after: 0, limit: 100 })
    expect(journal.slice(-2)).toMatchObject([
      { code: 'TLY-1019', params: { from: 'People', to: 'Customers' }, actor: 'eva' },
      { code: 'TLY-1021', params: {}, actor: 'eva' },
    ])
  })

  test('the journal tells nothing of what stayed as it was', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await editJob(db, id, { label: 'People', description: '' }, ACT)
    expect(await journalAfter(db, id, { after: 0, limit: 9 })).toHaveLength(1)
  })

  test('the job is found by its new words, and not by the old ones', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { label: 'Before', fileName: 'x.csv' })
    await editJob(db, id, { label: 'Ábaco', description: 'Every night' }, ACT)
    const find = async (text: string) =>
      idsOf((await listJobs(db, { text, limit: 9, now: after(0) })).jobs)
    expect(await find('abaco')).toEqual([id])
    expect(await find('NIGHT')).toEqual([id])
    expect(await find('before')).toEqual([])
  })

  test.each([
    ['no label', { label: ' \t ', description: '' }],
    ['too long a label', { label: 'x'.repeat(201), description: '' }],
    ['too long a description', { label: 'x', description: 'x'.repeat(2_001) }],
  ])('%s is refused, and nothing changes', async (_what, texts) => {
    const { db, everything } = await open()
    const { id } = await aJob(db)
    const before = await everything()
    await expect(editJob(db, id, texts, ACT)).rejects.toThrow(InvalidInputError)
    expect(await everything()).toEqual(before)
  })

  test('the longest texts are taken, counted in characters as people count them', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const texts = { label: '𝄞'.repeat(200), description: '𝄞'.repeat(2_000) }
    expect(await editJob(db, id, texts, ACT)).toMatchObject(texts)
  })

  test('a job that is not there can not be edited', async () => {
    const { db } = await open()
    const edited = editJob(db, 9, { label: 'x', description: '' }, ACT)
    await expect(edited).rejects.toThrow(NotFoundError)
  })
})

describe.each(databases)('duplicating on %s', (_name, open) => {
  test.each(JOB_STATUSES)('a job that is %s has a copy that is being edited', async (status) => {
    const { db } = await open()
    const old = await aJob(db, { status, label: 'Customers' })

    const copy = await duplicateJob(db, old.id, ACT)

    expect(copy).toMatchObject({
      status: 'editing',
      label: 'Customers',
      specification: old.specification,
      target_table: old.target_table,
      file_name: old.file_name,
      copy_of: old.id,
      rerun_of: null,
      created_by: 'eva',
      started_by: null,
      counters: { processed: 0 },
    })
    const message = {
      code: 'TLY-1020',
      params: { from: String(old.id), job: String(copy.id) },
      actor: 'eva',
    }
    for (const { id } of [old, copy]) {
      const journal = await journalAfter(db, id, { after: 0, limit: 100 })
      expect(journal.at(-1)).toMatchObject(message)
    }
    expect(await findJob(db, old.id)).toEqual({ ...old, revision: old.revision + 1 })
  })

  test('a job that is not there has no copy', async () => {
    const { db } = await open()
    await expect(duplicateJob(db, 9, ACT)).rejects.toThrow(NotFoundError)
  })
})
