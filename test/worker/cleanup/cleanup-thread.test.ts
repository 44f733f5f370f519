import { mkdirSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { isAnythingLeft } from '../../../src/engine/cleanup/cleanup-queue.ts'
import { findOrphans } from '../../../src/engine/verify/verify-belongings.ts'
import { cleanUpInThread } from '../../../src/worker/cleanup/cleanup-thread.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'
import { OWN } from '../../support/pages/app.ts'
import { databases } from '../../support/databases.ts'
import { aServer } from '../../support/programs/server.ts'
import { anExport, keysOf, rememberKeys } from '../../support/jobs/what-belongs.ts'

const [, openDatabase] = databases[0]
const KEYS = 50_000

/** Until the first piece is gone; or all of it. */
async function untilBegun(db: Db, jobId: number): Promise<void> {
  const first = db
    .selectFrom('tallyman_key')
    .select('key')
    .where('job_id', '=', jobId)
    .where('key', '=', 'k0')
  while ((await first.executeTakeFirst()) !== undefined) await pause(1)
}

test('a thread clears away what was left, and tells what it could not', async () => {
  const { store, db } = await openDatabase()
  const large = await aJob(db, { status: 'finished' })
  await rememberKeys(db, large.id, 1_000)
  const stuck = await anExport(db, ['claim', 'cancel', 'halt'])
  rmSync(stuck.part)
  mkdirSync(stuck.part)

  expect(await cleanUpInThread(store, new AbortController().signal)).toEqual([
    { id: stuck.id, reason: expect.stringMatching(/directory/i) },
  ])
  expect(await keysOf(db, large.id)).toBe(0)
})

test('a thread that is stopped ends between two pieces, and the next goes on', async () => {
  const { store, db } = await openDatabase()
  const { id } = await aJob(db, { status: 'finished' })
  await rememberKeys(db, id, KEYS)

  const stopping = new AbortController()
  const clearing = cleanUpInThread(store, stopping.signal)
  await untilBegun(db, id)
  stopping.abort()
  expect(await clearing).toEqual([])
  expect(await keysOf(db, id)).toBeGreaterThan(0)

  expect(await cleanUpInThread(store, new AbortController().signal)).toEqual([])
  expect(await keysOf(db, id)).toBe(0)
})

test('what a server that is stopped or killed has not cleared away, the next one does', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const { id } = await aJob(db, { status: 'cancelled' })
  await rememberKeys(db, id, KEYS)

  const first = await aServer(folder, ['--workers', '0'])
  const request = { method: 'POST', headers: OWN }
  expect((await fetch(`${first.url}jobs/${id}/delete`, request)).status).toBe(200)
  await untilBegun(db, id)
  first.child.kill('SIGTERM')
  expect(await first.gone).toEqual([0, null])
  expect(await findJob(db, id)).toBeUndefined()
  expect(await findOrphans(db)).toEqual([])

  const second = await aServer(folder, ['--workers', '0'])
  second.child.kill('SIGKILL')
  await second.gone
  expect(await findOrphans(db)).toEqual([])

  await aServer(folder, ['--workers', '0'])
  while (await isAnythingLeft(db)) await pause(5)
  expect(await keysOf(db, id)).toBe(0)
})
