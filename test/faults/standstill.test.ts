import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { OPERATOR } from '../support/a-job.ts'
import { untilFurther } from '../support/faults/blows.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { asWorker, type Doomed } from '../support/faults/doomed.ts'
import { rescueFrom, undisturbed } from '../support/faults/ordeal.ts'
import { aVictim, remainsOf, type Victim } from '../support/faults/victim.ts'
import { expectHonest } from '../support/honest-journal.ts'
import { tmpDir } from '../support/tmp.ts'

const MINUTES = 60_000

/** Between two batches: one that stands still with the lock in its hand keeps everybody out. */
async function standStill(doomed: Doomed, { store }: Victim): Promise<void> {
  await sql`pragma busy_timeout = 0`.execute(store.db)
  for (;;) {
    doomed.kill('SIGSTOP')
    try {
      await sql`update tallyman_job set id = id where id = 0`.execute(store.db)
      return
    } catch {
      doomed.kill('SIGCONT')
      await pause(1)
    }
  }
}

test.each(['import', 'export'] as const)(
  'a worker that stands still past its lease and comes back writes nothing more: %s',
  async (kind) => {
    const chance = aChance(`${kind}, standstill`)
    const folder = tmpDir()
    const calm = await undisturbed(kind, folder)
    for (let round = 0; round < rounds(1, 5); round++) {
      const victim = await aVictim(kind, path.join(folder, `hurt-${round}`))
      const still = await asWorker(victim)
      await untilFurther(still, victim)
      await pause(chance.below(25))
      await standStill(still, victim)
      const before = await findJob(victim.store.db, victim.id)
      // The rows that the first worker has read are not those that the second one reads.
      if (kind === 'export')
        await sql`update person set name = 'new ' || name`.execute(victim.store.db)
      await rescueFrom(victim)
      await (await asWorker(victim)).gone()
      const remains = await remainsOf(victim)
      const job = await findJob(victim.store.db, victim.id)

      still.kill('SIGCONT')
      await still.gone()
      expect(await remainsOf(victim)).toEqual(remains)
      expect(await findJob(victim.store.db, victim.id)).toEqual(job)
      expect(job?.status).toBe('finished')
      await expectHonest(victim.store.db, victim.id, [OPERATOR])
      if (kind === 'import') expect(remains).toEqual(calm)
      else expect(job?.file_sha256).toBe(remains.result)
      expect(before?.status === 'finished' || job?.attempts === 2).toBe(true)
    }
  },
  10 * MINUTES,
)
