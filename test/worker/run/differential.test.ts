import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { purge } from '../../../src/engine/cleanup/purge.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { deleteTemplate, saveJobAsTemplate } from '../../../src/engine/templates/save-template.ts'
import { all } from '../../support/all.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aStore } from '../../support/a-store.ts'

const BY = { now: NOON, actor: OPERATOR }
const nothing = () => Promise.resolve()
const FILES = { discardPart: nothing, discardResult: nothing }

/** A template for what changed, and what belongs to its runs. */
async function aNightly() {
  const { store, folder } = await aStore()
  const { db } = store
  await sql`create table thing (id integer primary key, kind text, version bigint)`.execute(db)
  await sql`insert into thing values (1, 'a', 1), (2, 'b', 2)`.execute(db)
  const file = path.join(folder, 'out.csv')
  const asked = { table: 'thing', path: file, columns: ['id'], header: false }
  const differential = { ...asked, differential: 'version' }
  const make = async (given: Record<string, unknown> = {}, template?: string) => {
    const specification = parseExportSpecification({ ...differential, ...given })
    const wanted = { ...exportJob(specification, {}), template, status: 'start_pending' as const }
    return (await createJob(db, wanted, BY)).id
  }
  const exported = async (id: number) => {
    await runWaiting(store)
    expect(await requireJob(db, id)).toMatchObject({ status: 'finished' })
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number)
  }
  const change = (id: number, version: number) =>
    sql`update thing set version = ${version} where id = ${id}`.execute(db)
  const first = await make()
  expect(await exported(first)).toEqual([1, 2])
  const { key } = await saveJobAsTemplate(
    db,
    first,
    { name: 'Nightly', description: '' },
    {
      ...BY,
      replaces: false,
    },
  )
  return { store, first, key, make, exported, change }
}

test('a run writes what changed since the last finished one of its template', async () => {
  const { store, first, key, make, exported, change } = await aNightly()
  const { db } = store
  await change(1, 3)
  const second = await make({}, key)
  expect(await exported(second)).toEqual([1])
  const [, , told] = await journalAfter(db, second, { after: 0, limit: 9 })
  expect(told).toMatchObject({
    code: 'TLY-1046',
    params: { job: String(first), after: '2', up_to: '3' },
  })
  await change(2, 4)
  expect(await exported((await runAgain(db, second, BY)).id)).toEqual([2])
  // Other rows were in none, and another template has runs of its own.
  const filter = {
    kind: 'all',
    of: [{ kind: 'condition', field: 'id', operator: 'more', value: '0' }],
  }
  expect(await exported(await make({ filter }, key))).toEqual([1, 2])
  expect(await exported(await make())).toEqual([1, 2])
  expect(await exported(await make({}, key))).toEqual([])
})

test('a run with fewer columns moves nothing for those with more, one with more does', async () => {
  const { key, make, exported, change } = await aNightly()
  const wide = { columns: ['kind', 'id'], format: 'json_lines' }
  const rows = async (given: Record<string, unknown>) =>
    (await exported(await make(given, key))).length
  // What is in kind was in no file yet.
  expect(await rows(wide)).toBe(2)
  await change(1, 3)
  expect(await exported(await make({ columns: ['id'] }, key))).toEqual([1])
  expect(await rows(wide)).toBe(1)
  await change(2, 4)
  expect(await rows({ ...wide, columns: [] })).toBe(2)
  await change(1, 5)
  expect(await rows({ ...wide, columns: [] })).toBe(1)
  expect(await rows(wide)).toBe(0)
  expect(await rows({})).toBe(0)
})

test('a run that failed or was cancelled moves nothing', async () => {
  const { store, key, make, exported, change } = await aNightly()
  await change(1, 3)
  const failed = await make({ path: '/nowhere/at/all.csv' }, key)
  await runWaiting(store)
  expect(await requireJob(store.db, failed)).toMatchObject({ status: 'failed' })
  await transition(store.db, failed, 'cancel', BY)
  expect(await exported(await make({}, key))).toEqual([1])
})

test('a purge keeps the run that the next one goes by, as long as there is its template', async () => {
  const { store, first, key, make, exported, change } = await aNightly()
  const { db } = store
  await change(1, 3)
  const second = await make({}, key)
  await exported(second)
  const purged = async () => {
    const options = { overBefore: new Date(Date.now() + 60_000), now: NOON, files: FILES }
    return (await all(purge(db, options))).map(({ id }) => id)
  }
  expect(await purged()).toEqual([first])
  await change(2, 4)
  expect(await exported((await runAgain(db, second, BY)).id)).toEqual([2])
  await deleteTemplate(db, key)
  expect(await purged()).toHaveLength(2)
})
