import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { verifyDatabase } from '../../../src/cli/run/verify-database.ts'
import type { Store } from '../../../src/db/store.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../../src/engine/ground/journal.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { runJob } from '../../../src/worker/run/run-job.ts'
import { OPERATOR } from '../../support/jobs/a-job.ts'
import { rescueSilent } from '../../support/jobs/a-rescuer.ts'
import { aStore } from '../../support/a-store.ts'
import { byDatabase } from '../../support/databases.ts'
import { all } from '../../support/all.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aLog } from '../../support/programs/a-log.ts'

/** Of no width that could be the file's. */
const REJECTED = 'a,b,c\nd,e,f,g\n'.repeat(50)
const GOOD = '1,Ann\n2,Bob\n'

const by = () => ({ now: new Date(), actor: OPERATOR })

/** A job that makes the table "made" after the file, and waits for a worker. */
async function aMaker(records: string, given: object = {}) {
  const { folder, store } = await aStore()
  const make = async () => {
    const file = path.join(folder, 'people.csv')
    writeFileSync(file, `id,name\n${records}`)
    const specification = parseImportSpecification({
      path: file,
      table: 'made',
      create: true,
      ...given,
    })
    const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
    return (await createJob(store.db, wanted, by())).id
  }
  return { store, id: await make(), make }
}

async function run(store: Store): Promise<void> {
  await runWaiting(store)
}

/** Has the job stopped when its table is there and nothing is in it. */
async function stopEarly(store: Store, id: number, event: 'pause' | 'cancel') {
  const claim = { claim: `claim ${id}`, worker: anIdentity('w'), log: aLog().log }
  const job = await claimNextJob(store.db, { ...claim, now: new Date(), jobId: id })
  if (job === undefined) throw new Error('the job was not there to be claimed')
  await transition(store.db, id, event, by())
  return async () => {
    await runJob(store, job, { ...claim, stopSignal: new AbortController().signal })
  }
}

/** On a busy machine a pause may come before anything has begun; then the job is let go on. */
async function pauseWithTable(store: Store, id: number): Promise<void> {
  const end = await stopEarly(store, id, 'pause')
  await end()
  const { status, checkpoint } = await requireJob(store.db, id)
  expect(status).toBe('paused')
  if (checkpoint !== null) return
  await transition(store.db, id, 'start', by())
  await pauseWithTable(store, id)
}

async function aPausedMaker() {
  const made = await aMaker(GOOD)
  await pauseWithTable(made.store, made.id)
  expect(await isThere(made.store)).toBe(true)
  return made
}

async function isThere(store: Store): Promise<boolean> {
  return (await store.tables.describe(store.db, 'made')) !== undefined
}

async function codesOf({ db }: Store, id: number): Promise<string[]> {
  return (await all(iterateJournal(db, id))).map(({ code }) => code)
}

async function expectVerified(store: Store): Promise<void> {
  expect(await all(verifyDatabase(store))).toEqual([])
}

describe('a job that made its table', () => {
  test('takes it along where it fails before anything is in it', async () => {
    const { store, id } = await aMaker(REJECTED + GOOD)
    await run(store)
    expect(await requireJob(store.db, id)).toMatchObject({ status: 'failed' })
    expect(await isThere(store)).toBe(false)
    expect((await codesOf(store, id)).slice(-2)).toEqual(['TLY-9007', 'TLY-1042'])
    await expectVerified(store)
  })

  test('takes it along by whichever name it was made, and leaves what another calls otherwise', async () => {
    const table = byDatabase({ SQLite: 'Made', PostgreSQL: 'public.made' })
    const { store, id } = await aMaker(REJECTED + GOOD, { table })
    await run(store)
    expect(await requireJob(store.db, id)).toMatchObject({ status: 'failed' })
    expect(await isThere(store)).toBe(false)
    expect(await codesOf(store, id)).toContain('TLY-1042')

    const two = await aPausedMaker()
    const { path: file } = (await requireJob(two.store.db, two.id)).specification
    const alike = parseImportSpecification({ path: file, table, create: true })
    const wanted = { ...importJob(alike, {}), status: 'start_pending' } as const
    await pauseWithTable(two.store, (await createJob(two.store.db, wanted, by())).id)
    await transition(two.store.db, two.id, 'cancel', by())
    expect(await isThere(two.store)).toBe(true)
  })

  test('makes it again where it goes on, and takes it along again', async () => {
    const { store, id } = await aMaker(REJECTED + 'a\n' + GOOD, { maxRejects: 101 })
    await run(store)
    await transition(store.db, id, 'start', by())
    await run(store)
    expect(await requireJob(store.db, id)).toMatchObject({ failure_reason: 'too_many_rejects' })
    expect(await isThere(store)).toBe(false)

    await transition(store.db, id, 'start', by())
    await run(store)
    const rows = await sql`select * from made order by id`.execute(store.db)
    expect(rows.rows).toEqual([
      { id: 1, name: 'Ann' },
      { id: 2, name: 'Bob' },
    ])
    const codes = await codesOf(store, id)
    expect(codes.filter((code) => code === 'TLY-1015')).toHaveLength(3)
    expect(codes.filter((code) => code === 'TLY-1042')).toHaveLength(2)
    expect(await requireJob(store.db, id)).toMatchObject({
      status: 'finished',
      counters: { processed: 103, inserted: 2, rejects: 101 },
    })
    await expectVerified(store)
  })

  test('makes the indexes of its keys again too', async () => {
    const keys = { key: ['id'], secondKey: ['name'] }
    const { store, id } = await aMaker(REJECTED + GOOD, keys)
    await run(store)
    await transition(store.db, id, 'start', by())
    await run(store)
    expect((await store.tables.describe(store.db, 'made'))?.indexes).toContainEqual(['name'])
  })

  test('takes it along where an operator cancels it while it is paused', async () => {
    const { store, id } = await aPausedMaker()
    await transition(store.db, id, 'cancel', by())
    expect(await isThere(store)).toBe(false)
    expect((await codesOf(store, id)).at(-1)).toBe('TLY-1042')
    await expectVerified(store)
  })

  test('takes it along where it is cancelled under way, also when its worker dies', async () => {
    const { store, id } = await aMaker(GOOD)
    const end = await stopEarly(store, id, 'cancel')
    await end()
    expect(await requireJob(store.db, id)).toMatchObject({ status: 'cancelled' })
    expect(await isThere(store)).toBe(false)

    const paused = await aPausedMaker()
    await transition(paused.store.db, paused.id, 'start', by())
    await stopEarly(paused.store, paused.id, 'cancel')
    await rescueSilent(paused.store.db)
    expect(await requireJob(paused.store.db, paused.id)).toMatchObject({ status: 'cancelled' })
    expect(await isThere(paused.store)).toBe(false)
  })

  test('leaves it to those who wrote into it, or have begun with it', async () => {
    const { store, id } = await aPausedMaker()
    await sql`insert into made (id) values (9)`.execute(store.db)
    await transition(store.db, id, 'cancel', by())
    expect(await isThere(store)).toBe(true)

    const two = await aPausedMaker()
    const other = await two.make()
    await pauseWithTable(two.store, other)
    await transition(two.store.db, two.id, 'cancel', by())
    expect(await isThere(two.store)).toBe(true)
    // The other one did not make it.
    await transition(two.store.db, other, 'cancel', by())
    expect(await isThere(two.store)).toBe(true)
  })

  test('leaves what else has its name by now', async () => {
    const { store, id } = await aPausedMaker()
    await sql`drop table made`.execute(store.db)
    await sql`create view made as select 1 as id where false`.execute(store.db)
    await transition(store.db, id, 'cancel', by())
    expect(await store.tables.describe(store.db, 'made')).toMatchObject({ isView: true })

    const gone = await aPausedMaker()
    await sql`drop table made`.execute(gone.store.db)
    await transition(gone.store.db, gone.id, 'cancel', by())
    expect(await codesOf(gone.store, gone.id)).not.toContain('TLY-1042')
  })

  test('keeps it where something went in, and where it came to its end', async () => {
    const { store, id } = await aMaker(GOOD + 'a,b,c\n', { maxRejects: 1 })
    await run(store)
    expect(await requireJob(store.db, id)).toMatchObject({ status: 'failed' })
    expect(await store.tables.count(store.db, 'made')).toBe(2)

    const few = await aMaker('a,b,c\n')
    await run(few.store)
    expect(await requireJob(few.store.db, few.id)).toMatchObject({ status: 'finished' })
    expect(await isThere(few.store)).toBe(true)
  })

  test('leaves a table alone that was there before', async () => {
    const { store } = await aMaker(REJECTED)
    await sql`create table made (id integer, name text)`.execute(store.db)
    await run(store)
    expect(await isThere(store)).toBe(true)
  })
})

test('of a table that was removed and made by hand, nobody knows how many rows it has', async () => {
  const { store } = await aMaker(REJECTED)
  await run(store)
  await sql`create table made (id integer, name text)`.execute(store.db)
  await sql`insert into made values (1, 'x')`.execute(store.db)
  await expectVerified(store)
})
