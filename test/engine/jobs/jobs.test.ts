import { describe, expect, test } from 'vitest'
import { ConflictError, NotFoundError } from '../../../src/domain/words/errors.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { JOB_STATUSES, isOver } from '../../../src/domain/states/status.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { createJob, findJob } from '../../../src/engine/jobs/jobs.ts'
import { runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { after, aJob, NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const NOT_OVER = JOB_STATUSES.filter((status) => !isOver(status))
const OVER = JOB_STATUSES.filter(isOver)

describe.each(databases)('jobs on %s', (_name, open) => {
  test('a new job is being edited, and its journal begins with who made it', async () => {
    const { db } = await open()
    const job = await aJob(db)

    expect(job).toMatchObject({
      status: 'editing',
      created_by: OPERATOR,
      created_at: NOON.toISOString(),
      started_by: null,
      counters: { processed: 0 },
      total: null,
      checkpoint: null,
      revision: 0,
    })
    expect(await findJob(db, job.id)).toEqual(job)
    expect(await journalAfter(db, job.id, { after: 0, limit: 10 })).toMatchObject([
      { code: 'TLY-1001', level: 'information', actor: OPERATOR, at: NOON.toISOString() },
    ])
  })

  test('a job can be made to start at once', async () => {
    const { db } = await open()
    const specification = parseExportSpecification({ table: 'person', path: '/out.csv' })
    const job = await createJob(
      db,
      {
        ...exportJob(specification, {}),
        description: 'All of them',
        status: 'start_pending',
      },
      { now: NOON, actor: OPERATOR },
    )
    expect(job).toMatchObject({
      type: 'export',
      specification,
      status: 'start_pending',
      started_by: OPERATOR,
      description: 'All of them',
    })
  })

  test('a job that is not there is not found', async () => {
    const { db } = await open()
    expect(await findJob(db, 1)).toBeUndefined()
  })

  test.each(OVER)('a job that is %s can be run again', async (status) => {
    const { db } = await open()
    const old = await aJob(db, { status, label: 'Customers' })

    const again = await runAgain(db, old.id, { now: after(60), actor: 'eva' })

    expect(again).toMatchObject({
      status: 'start_pending',
      label: 'Customers',
      specification: old.specification,
      target_table: old.target_table,
      file_name: old.file_name,
      rerun_of: old.id,
      created_by: 'eva',
      started_by: 'eva',
      counters: { processed: 0 },
    })
    const message = {
      code: 'TLY-1018',
      params: { from: String(old.id), job: String(again.id) },
      actor: 'eva',
    }
    for (const { id } of [old, again]) {
      const journal = await journalAfter(db, id, { after: 0, limit: 100 })
      expect(journal.at(-1)).toMatchObject(message)
    }
    expect(await findJob(db, old.id)).toEqual({ ...old, revision: old.revision + 1 })
  })

  test.each(NOT_OVER)('a job that is %s can not be run again', async (status) => {
    const { db, everything } = await open()
    const { id } = await aJob(db, { status })
    const before = await everything()
    const again = runAgain(db, id, { now: NOON, actor: OPERATOR })
    await expect(again).rejects.toThrow(ConflictError)
    await expect(again).rejects.toMatchObject({
      problem: { act: 'run_again', allowed: ['cancelled', 'finished', 'failed'] },
    })
    expect(await everything()).toEqual(before)
  })

  test('a job that is not there can not be run again', async () => {
    const { db } = await open()
    const again = runAgain(db, 9, { now: NOON, actor: OPERATOR })
    await expect(again).rejects.toThrow(NotFoundError)
  })
})
