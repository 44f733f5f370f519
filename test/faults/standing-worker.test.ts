import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { OWN } from '../support/pages/app.ts'
import { isUnderWay, until } from '../support/jobs/big-import.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { untilGone, workerOf } from '../support/programs/server.ts'
import { aSlowImport } from '../support/jobs/slow-import.ts'

/** Stops it where it holds the write lock: in the middle of a batch. */
async function stopWithLock(store: Store, pid: number): Promise<void> {
  await sql`pragma busy_timeout = 0`.execute(store.db)
  for (;;) {
    process.kill(pid, 'SIGSTOP')
    try {
      await sql`update tallyman_job set id = id where id = 0`.execute(store.db)
    } catch {
      return
    }
    process.kill(pid, 'SIGCONT')
    await pause(1)
  }
}

test('a worker that stands still with the write lock is ended, and the clicks that waited get through', async () => {
  const server = await aConsole({ TALLYMAN_LOG_LEVEL: 'silent' })
  const { store, origin } = server
  const { id } = await aSlowImport(server)
  const other = await aSlowImport(server, { records: 10, label: 'Other', status: 'editing' })
  const still = await workerOf(store, id)
  await until(store, id, isUnderWay)
  await stopWithLock(store, still)
  const { claim, counters } = await requireJob(store.db, id)

  const click = (job: number, event: string) =>
    fetch(`${origin}/jobs/${job}/${event}`, { method: 'POST', headers: OWN, redirect: 'manual' })
  const clicks = Promise.all([click(other.id, 'start'), click(id, 'pause')])
  // Meanwhile pages are shown, of the job that nobody gets on with as of any other.
  for (const page of ['/jobs', `/jobs/${id}`]) expect((await fetch(origin + page)).status).toBe(200)
  expect((await fetch(`${origin}/healthz`)).status).toBe(503)

  await untilGone(still)
  expect((await clicks).map(({ status }) => status)).toEqual([303, 303])
  const job = await until(store, id, ({ status }) => status === 'paused')
  expect([job.claim, job.counters.processed]).toEqual([null, counters.processed])
  expect(claim).not.toBeNull()
  await until(store, other.id, ({ status }) => status === 'finished')
})
