import { mkdirSync, rmSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { cleanUpAfter, cleanUpAll, startCleanup } from '../../../src/worker/cleanup/clear-up.ts'
import { aJob, NOON, WORKER } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { anExport, keysOf, rememberKeys } from '../../support/jobs/what-belongs.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aLog } from '../../support/programs/a-log.ts'

const [, openDatabase] = databases[0]
const KEYS = 50_000

test('what a large job has left holds up no job that waits', async () => {
  const { store, db } = await openDatabase()
  const large = await aJob(db, { status: 'finished' })
  await rememberKeys(db, large.id, KEYS)
  const waiting = await aJob(db, { status: 'start_pending' })

  const taken: Promise<{ id: number; keys: number }>[] = []
  await runWaiting(store, {
    onJob: ({ id }) => taken.push(keysOf(db, large.id).then((keys) => ({ id, keys }))),
  })
  const [first, ...others] = await Promise.all(taken)
  expect(first?.id).toBe(waiting.id)
  expect(first?.keys).toBeGreaterThan(0)
  expect(others).toEqual([])
  expect(await keysOf(db, large.id)).toBe(0)
})

test('what cannot be cleared away is told, and stops no worker', async () => {
  const { store, db } = await openDatabase()
  const { id } = await aJob(db, { status: 'running', claim: 'mine' })
  await rememberKeys(db, id, 1_000)
  await transition(db, id, 'finish', { actor: WORKER, now: NOON, claim: 'mine' })
  await sql`create trigger keep before delete on tallyman_key begin select raise(abort, 'mine'); end`.execute(
    db,
  )
  const { log, lines } = aLog()
  await cleanUpAfter(db, id, { log })
  await runWaiting(store, { log })
  expect(lines).toMatchObject([
    { msg: expect.stringContaining(`job ${id}`), err: { message: 'mine' } },
    { msg: expect.stringContaining('Clearing away'), err: { message: 'mine' } },
  ])
  expect(await keysOf(db, id)).toBe(1_000)
})

test('a file that cannot be removed is told once, however often it is tried', async () => {
  const { store } = await openDatabase()
  const { id, part } = await anExport(store.db, ['claim', 'cancel', 'halt'])
  rmSync(part)
  mkdirSync(part)
  const { log, lines } = aLog()
  const clearing = startCleanup((signal) => cleanUpAll(store, signal), log)
  for (let time = 0; time < 2; time++) {
    clearing.ask()
    await clearing.done()
  }
  const sentence = new RegExp(`^What job ${id} has left can't be removed; .*: .*directory`, 'i')
  expect(lines).toMatchObject([{ msg: expect.stringMatching(sentence) }])
})
