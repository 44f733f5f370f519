import { mkdirSync, rmSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { cleanUpAfter, cleanUpAll, startCleanup } from '../../../src/worker/cleanup/clear-up.ts'
import { work } from '../../../src/worker/worker.ts'
import { aJob, NOON, WORKER } from '../../support/a-job.ts'
import { databases } from '../../support/databases.ts'
import { anExport, keysOf, rememberKeys } from '../../support/what-belongs.ts'

const [, openDatabase] = databases[0]
const KEYS = 50_000

test('what a large job has left holds up no job that waits', async () => {
  const { store, db } = await openDatabase()
  const large = await aJob(db, { status: 'finished' })
  await rememberKeys(db, large.id, KEYS)
  const waiting = await aJob(db, { status: 'start_pending' })

  const taken: Promise<{ id: number; keys: number }>[] = []
  await work(store, {
    worker: WORKER,
    stopSignal: new AbortController().signal,
    once: true,
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
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)

  await cleanUpAfter(db, id)
  const stopSignal = new AbortController().signal
  await work(store, { worker: WORKER, stopSignal, once: true })
  const why = expect.objectContaining({ message: 'mine' })
  expect(told.mock.calls).toEqual([
    [expect.stringContaining(`job ${id}`), why],
    [expect.stringContaining('Clearing away'), why],
  ])
  told.mockRestore()
  expect(await keysOf(db, id)).toBe(1_000)
})

test('a file that cannot be removed is told once, however often it is tried', async () => {
  const { store } = await openDatabase()
  const { id, part } = await anExport(store.db, ['claim', 'cancel', 'halt'])
  rmSync(part)
  mkdirSync(part)
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)

  const clearing = startCleanup((signal) => cleanUpAll(store, signal))
  for (let time = 0; time < 2; time++) {
    clearing.ask()
    await clearing.done()
  }
  const why = expect.stringMatching(/directory/i)
  expect(told.mock.calls).toEqual([[expect.stringContaining(`job ${id}`), why]])
  told.mockRestore()
})
