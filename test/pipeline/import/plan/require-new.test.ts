import { appendFileSync, copyFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { InvalidInputError } from '../../../../src/domain/words/errors.ts'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { importsAlike } from '../../../../src/engine/jobs/imports-alike.ts'
import { createJob, requireJob } from '../../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../../src/engine/jobs/new-job.ts'
import { requireNew } from '../../../../src/pipeline/import/plan/require-new.ts'
import { OPERATOR } from '../../../support/jobs/a-job.ts'
import { aStore } from '../../../support/a-store.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'

const FILE = 'id,name\n1,Ann\n2,Bob\n'

/** A table into which the file was imported once, and what is said of a second time. */
async function anImported(given: Partial<ImportSpecification> = {}, text = FILE) {
  const { folder, store } = await aStore()
  await sql`create table person (id integer, name text)`.execute(store.db)
  await sql`create table other (id integer, name text)`.execute(store.db)
  const file = path.join(folder, 'people.csv')
  writeFileSync(file, text)
  const specify = (one: Partial<ImportSpecification>) =>
    parseImportSpecification({ path: file, table: 'person', ...one })
  const job = { ...importJob(specify(given), {}), status: 'start_pending' } as const
  const { id } = await createJob(store.db, job, { now: new Date(), actor: OPERATOR })
  await runWaiting(store)
  const compared: string[] = []
  const second = async (one: Partial<ImportSpecification> = {}) => {
    try {
      await requireNew(store, specify(one), {
        find: (like) => importsAlike(store.db, like),
        onCompare: ({ path: other }) => void compared.push(path.basename(other)),
      })
      return 'new'
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      expect(error.at).toEqual(['again'])
      return error.problem
    }
  }
  return { store, file, folder, second, compared, job: await requireJob(store.db, id) }
}

test('the same file into the same table, without a key, is not new', async () => {
  const { second, job } = await anImported()
  const told = { problem: 'imported_before', table: 'person', id: job.id, at: job.ended_at }
  expect(await second()).toEqual(told)
  expect(await second({ table: 'Person' })).toMatchObject({ id: job.id })
})

test('the same bytes under another name are compared, and are not new either', async () => {
  const { second, file, folder, compared, job } = await anImported()
  expect(await second()).toMatchObject({ id: job.id })
  expect(compared).toEqual([])
  const copy = path.join(folder, 'copy.csv')
  copyFileSync(file, copy)
  expect(await second({ path: copy })).toMatchObject({ id: job.id })
  expect(compared).toEqual(['copy.csv'])
  utimesSync(file, 1, 1)
  expect(await second()).toMatchObject({ id: job.id })
})

test('another file is new: also one as long, which alone is read', async () => {
  const { second, folder, file, compared } = await anImported()
  const other = path.join(folder, 'other.csv')
  writeFileSync(other, FILE.replace('Bob', 'Rob'))
  expect(await second({ path: other })).toBe('new')
  expect(compared).toEqual(['other.csv'])
  appendFileSync(file, '3,Cid\n')
  expect(await second()).toBe('new')
  expect(compared).toEqual(['other.csv'])
})

test('nobody is asked where no row would be there twice', async () => {
  const { second, store } = await anImported()
  expect(await second({ key: ['id'], operation: 'insert_or_update', duplicates: 'update' })).toBe(
    'new',
  )
  expect(await second({ dryRun: true })).toBe('new')
  expect(await second({ table: 'other' })).toBe('new')
  expect(await second({ path: '/not/there.csv' })).toBe('new')
  expect(await second({ path: '/dev/null' })).toBe('new')
  await sql`drop table person`.execute(store.db)
  expect(await second({ create: true })).toBe('new')
})

test('what put nothing in does not count: a dry run, or records that were all rejected', async () => {
  expect(await (await anImported({ dryRun: true })).second()).toBe('new')
  expect(await (await anImported({}, 'id,name\nx,y,z\n')).second()).toBe('new')
})

test('a job that failed on its way counts with what it put in', async () => {
  const { second, job } = await anImported({ maxRejects: 1 }, `${FILE}x,y,z\n4,Dee\n`)
  expect(job).toMatchObject({ status: 'failed', counters: { inserted: 2 } })
  expect(await second()).toMatchObject({ problem: 'imported_before', id: job.id })
})
