import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { isAnythingLeft, runCleanup } from '../../../src/engine/cleanup/cleanup-queue.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { aJob, NOON, WORKER } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { keysOf, rememberKeys } from '../../support/jobs/what-belongs.ts'

describe.each(databases)('two that clean up at once on %s', (_name, open) => {
  test('take the same piece, and the one that comes second takes the rest', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    await rememberKeys(db, id, 5_000)
    await transition(db, id, 'finish', { actor: WORKER, now: NOON, claim: 'mine' })

    const other = await another()
    const cleaned = await other.transaction().execute(async (trx) => {
      // Its worker is told to end then.
      await sql`delete from tallyman_key where job_id = ${id} and key in (
        select key from tallyman_key where job_id = ${id} order by key limit 4000)`.execute(trx)
      const cleaning = runCleanup(db, filesIn('/no/outbox'))
      await expect.poll(async () => (await waitingOn(trx)).length).toBeGreaterThan(0)
      return { cleaning }
    })
    expect(await cleaned.cleaning).toEqual([])
    expect(await keysOf(db, id)).toBe(0)
    expect(await isAnythingLeft(db)).toBe(false)
  })
})

async function waitingOn(db: Db): Promise<unknown[]> {
  const { rows } = await sql`select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows
}
