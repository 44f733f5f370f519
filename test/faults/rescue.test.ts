import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { releaseJob } from '../../src/engine/lifecycle/claim.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { resumeInterrupted } from '../../src/engine/lifecycle/rescuer.ts'
import { aJob, OPERATOR } from '../support/jobs/a-job.ts'
import { all } from '../support/all.ts'
import { aStore } from '../support/a-store.ts'
import { ended, start } from '../support/programs/cli.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'

const INTERRUPTED = 60

async function countIn(db: Db, status: 'shutting_down' | 'start_pending'): Promise<number> {
  const jobs = await db
    .selectFrom('tallyman_job')
    .select('id')
    .where('status', '=', status)
    .execute()
  return jobs.length
}

test('of the jobs that a killed rescuer was going on with, each goes on once', async () => {
  const chance = aChance('rescue')
  for (let round = 0; round < rounds(1, 10); round++) {
    const { folder, store } = await aStore()
    const ids: number[] = []
    for (let count = 0; count < INTERRUPTED; count++) {
      const claim = `claim ${count}`
      ids.push((await aJob(store.db, { status: 'shutting_down', claim })).id)
      await releaseJob(store.db, { claim })
    }
    const child = start(folder, ['worker'])
    const end = ended(child)
    while ((await countIn(store.db, 'shutting_down')) === INTERRUPTED) await pause(1)
    await pause(chance.below(30))
    child.kill('SIGKILL')
    await end

    await resumeInterrupted(store.db, { now: new Date() })
    expect(await countIn(store.db, 'shutting_down')).toBe(0)
    for (const id of ids) {
      await expectHonest(store.db, id, [OPERATOR])
      const journal = await all(iterateJournal(store.db, id))
      expect(journal.filter(({ code }) => code === 'TLY-1010')).toHaveLength(1)
    }
  }
}, 600_000)
