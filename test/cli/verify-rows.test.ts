import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { claimNextJob } from '../../src/engine/lifecycle/claim.ts'
import { deleteJob } from '../../src/engine/cleanup/delete-job.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { runAgain } from '../../src/engine/lifecycle/run-again.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../src/pipeline/export/result-file.ts'
import { runJob } from '../../src/worker/run/run-job.ts'
import { aStore } from '../support/a-store.ts'
import { byDatabase } from '../support/databases.ts'
import { by, run } from '../support/jobs/tampered.ts'
import { expectAgreement, verified } from '../support/jobs/verified.ts'
import { anIdentity } from '../support/jobs/an-identity.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'
import { aLog } from '../support/programs/a-log.ts'

/** A table that an operator made, and files for it. */
async function aTable() {
  const { store, folder } = await aStore()
  await sql`create table crew (id integer primary key, name text)`.execute(store.db)
  const wanted = (ids: number[], given: object = {}) => {
    const file = path.join(folder, `${ids.join('-')}.csv`)
    writeFileSync(file, ['id,name', ...ids.map((id) => `${id},n`), ''].join('\n'))
    return importJob(parseImportSpecification({ path: file, table: 'crew', ...given }), {})
  }
  const remove = (id: number) => deleteJob(store.db, id, { ...by(), files: filesIn('/no/outbox') })
  const meddle = () => sql`delete from crew where id = 2`.execute(store.db)
  return { store, wanted, remove, meddle }
}

test('the rows of a table that an import found empty are accounted for', async () => {
  const { store, wanted, meddle } = await aTable()
  await run(store, wanted([1, 2]))
  await run(store, wanted([3]))
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: [] })
  await meddle()
  expect((await verified(store)).found).toEqual([
    { job: null, problem: { problem: 'rows_off', table: 'crew', rows: 2, accounted: 3 } },
  ])
})

test('a table that somebody empties is accounted for from the next import on', async () => {
  const { store, wanted, meddle } = await aTable()
  const first = await run(store, wanted([1, 2]))
  await sql`delete from crew`.execute(store.db)
  await runAgain(store.db, first, by())
  await runWaiting(store)
  await expectAgreement(store)
  await sql`drop table crew`.execute(store.db)
  await run(store, wanted([1, 2, 4], { create: true, key: ['id'] }))
  await expectAgreement(store)
  await meddle()
  expect((await verified(store)).found).toMatchObject([{ problem: { rows: 2, accounted: 3 } }])
})

test('a dry run that finds a table empty says nothing of it', async () => {
  const { store, wanted } = await aTable()
  await run(store, wanted([1, 2], { dryRun: true }))
  await sql`insert into crew values (7, 'Gil')`.execute(store.db)
  await run(store, wanted([3]))
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: ['crew'] })
})

test('jobs that were removed are accounted for, the one too that found the table empty', async () => {
  const { store, wanted, remove, meddle } = await aTable()
  const before = await run(store, wanted([8, 9]))
  await sql`delete from crew`.execute(store.db)
  const first = await run(store, wanted([1, 2]))
  const second = await run(store, wanted([3]))
  for (const id of [first, second, before]) await remove(id)
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: [] })
  await meddle()
  expect((await verified(store)).found).toMatchObject([{ problem: { rows: 2, accounted: 3 } }])
})

test('of jobs that ran at once, those count that began when the table was known to be empty', async () => {
  const { store, wanted, meddle } = await aTable()
  for (const ids of [[1, 2], [3]]) {
    await createJob(store.db, { ...wanted(ids), status: 'start_pending' }, by())
  }
  const stopSignal = new AbortController().signal
  const { log } = aLog()
  const claimed = []
  for (const worker of ['one', 'two'].map(anIdentity)) {
    const claim = crypto.randomUUID()
    const job = await claimNextJob(store.db, { claim, worker, now: new Date() })
    if (job !== undefined) claimed.push({ job, options: { claim, worker, stopSignal, log } })
  }
  for (const { job, options } of claimed) await runJob(store, job, options)
  await meddle()
  expect((await verified(store)).found).toMatchObject([{ problem: { rows: 2, accounted: 3 } }])
})

test('the rows of one table are accounted for once, by whichever of its names jobs filled it', async () => {
  const { store, wanted, remove, meddle } = await aTable()
  const names = byDatabase({
    SQLite: ['crew', 'Crew', 'CREW'],
    PostgreSQL: ['public.crew', 'Crew', '"public"."crew"', 'crew'],
  })
  for (const [at, table] of names.entries()) {
    await run(store, wanted([at + 1], { table, key: ['id'] }))
  }
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: [] })
  await remove(1)
  await remove(2)
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: [] })
  await meddle()
  expect((await verified(store)).found).toMatchObject([
    { problem: { rows: names.length - 1, accounted: names.length } },
  ])
})

test('tables whose names differ in case alone are accounted for each, where there may be such', async () => {
  const { store, wanted } = await aTable()
  const names = byDatabase({ SQLite: [], PostgreSQL: ['crew', '"Crew"', 'crew'] })
  for (const [at, table] of names.entries()) {
    await run(store, wanted([at + 1], { table, create: true, key: ['id'] }))
  }
  const { rows } = await sql`
    select (select count(*) from crew) as crew`.execute(store.db)
  expect(rows).toEqual([{ crew: names.length === 0 ? 0 : 2 }])
  await expectAgreement(store)
})

test('where it is not known when a job wrote, it is said that the rows are not counted', async () => {
  const { store, wanted, remove } = await aTable()
  const older = await run(store, wanted([1, 2]))
  await remove(older)
  // As a version left it that did not keep where the journal stood.
  await sql`update tallyman_removal set begin_entry = null, end_entry = last_entry,
              empty_entry = null`.execute(store.db)
  await run(store, wanted([3]))
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: ['crew'] })
})

test('a view that was imported into is there; one in place of a table that was accounted for is not', async () => {
  const { store, wanted } = await aTable()
  await sql`create view few as select id, name from crew`.execute(store.db)
  await byDatabase({
    PostgreSQL: sql`select 1`,
    SQLite: sql`create trigger few_new instead of insert on few begin
      insert into crew values (new.id, new.name); end`,
  }).execute(store.db)
  await run(store, wanted([1], { table: 'few' }))
  expect(await verified(store)).toMatchObject({ found: [], unknownTables: ['few'] })

  await run(store, wanted([1], { table: 'own', create: true }))
  await sql`drop table own`.execute(store.db)
  await sql`create view own as select id, name from crew`.execute(store.db)
  expect((await verified(store)).found).toEqual([
    { job: null, problem: { problem: 'table_gone', table: 'own', jobs: 1 } },
  ])
})
