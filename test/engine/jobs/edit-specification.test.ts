import { describe, expect, test } from 'vitest'
import { ConflictError, NotFoundError } from '../../../src/domain/words/errors.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { listJobs } from '../../../src/engine/list/list-jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { aJob, NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const ACT = { actor: OPERATOR, now: NOON }
const OTHER = importJob(
  parseImportSpecification({ path: '/data/clientes.csv', table: 'client' }),
  {},
)

describe.each(databases)('the specification of a job on %s', (_name, open) => {
  test('can be changed while it is edited, and lists find the job by the new words', async () => {
    const { db } = await open()
    const old = await aJob(db)
    const job = await editSpecification(db, old.id, OTHER, ACT)
    expect(job).toMatchObject({
      status: 'editing',
      label: 'clientes.csv → client',
      file_name: 'clientes.csv',
      target_table: 'client',
      specification: OTHER.specification,
    })
    expect(job.revision).toBeGreaterThan(old.revision)
    const order = { sort: 'id', direction: 'asc', limit: 5, now: NOON } as const
    expect((await listJobs(db, { ...order, text: 'clientes' })).jobs).toHaveLength(1)
    expect((await listJobs(db, { ...order, text: 'people' })).jobs).toHaveLength(0)
    const entries = await journalAfter(db, old.id, { after: 0, limit: 9 })
    expect(entries.map(({ code }) => code)).toEqual([
      'TLY-1001',
      'TLY-1019',
      'TLY-1023',
      'TLY-1050',
    ])
    expect(entries.at(-1)?.actor).toBe(OPERATOR)
  })

  test('is not journalled where nothing changes', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await editSpecification(db, id, OTHER, ACT)
    await editSpecification(db, id, OTHER, ACT)
    expect(await journalAfter(db, id, { after: 0, limit: 9 })).toHaveLength(4)
  })

  test.each(JOB_STATUSES.filter((status) => status !== 'editing'))(
    'stays as it is when the job is %s',
    async (status) => {
      const { db, everything } = await open()
      const { id } = await aJob(db, { status })
      const before = await everything()
      await expect(editSpecification(db, id, OTHER, ACT)).rejects.toThrow(ConflictError)
      expect(await everything()).toEqual(before)
    },
  )

  test('can not be changed where there is no job', async () => {
    const { db } = await open()
    await expect(editSpecification(db, 9, OTHER, ACT)).rejects.toThrow(NotFoundError)
  })
})

describe.each(databases)('the tables on %s', (_name, open) => {
  test('that are listed are the user’s own, by name', async () => {
    const { db, store } = await open()
    for (const name of ['b', 'A']) {
      await db.schema.createTable(name).addColumn('id', 'integer').execute()
    }
    await db.schema.createView('c').as(db.selectFrom('tallyman_job').select('id')).execute()
    expect(await store.tables.list(store.db, 10)).toEqual([
      { name: 'A', isView: false },
      { name: 'b', isView: false },
      { name: 'c', isView: true },
    ])
    expect(await store.tables.list(store.db, 2)).toHaveLength(2)
  })
})
