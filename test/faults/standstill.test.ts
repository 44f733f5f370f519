import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { byDatabase } from '../support/databases.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { asWorker, type ProcessUnderTest } from '../support/faults/process-under-test.ts'
import { rescueFrom, undisturbed } from '../support/faults/run-interrupted.ts'
import { aJobUnderTest, remainsOf, type JobUnderTest } from '../support/faults/job-under-test.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'
import { tmpDir } from '../support/tmp.ts'
import { untilFurther } from '../support/faults/wait-for-job.ts'

const MINUTES = 60_000

/**
 * On SQLite between two batches: who stands still in one holds the lock, and keeps everybody out.
 * On PostgreSQL anywhere, since the rescuer ends the session of a worker that it gives up.
 */
async function standStill(child: ProcessUnderTest, { store }: JobUnderTest): Promise<void> {
  if (byDatabase({ SQLite: false, PostgreSQL: true })) return child.kill('SIGSTOP')
  await sql`pragma busy_timeout = 0`.execute(store.db)
  for (;;) {
    child.kill('SIGSTOP')
    try {
      await sql`update tallyman_job set id = id where id = 0`.execute(store.db)
      return
    } catch {
      child.kill('SIGCONT')
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
      const subject = await aJobUnderTest(kind, path.join(folder, `hurt-${round}`))
      const still = await asWorker(subject)
      await untilFurther(still, subject)
      await pause(chance.below(25))
      await standStill(still, subject)
      const before = await findJob(subject.store.db, subject.id)
      // The rows that the first worker has read are not those that the second one reads.
      if (kind === 'export')
        await sql`update person set name = 'new ' || name`.execute(subject.store.db)
      await rescueFrom(subject)
      await (await asWorker(subject)).gone()
      const remains = await remainsOf(subject)
      const job = await findJob(subject.store.db, subject.id)

      still.kill('SIGCONT')
      await still.gone()
      expect(await remainsOf(subject)).toEqual(remains)
      expect(await findJob(subject.store.db, subject.id)).toEqual(job)
      expect(job?.status).toBe('finished')
      await expectHonest(subject.store.db, subject.id, [OPERATOR])
      if (kind === 'import') expect(remains).toEqual(calm)
      else expect(job?.file_sha256).toBe(remains.result)
      expect(before?.status === 'finished' || job?.attempts === 2).toBe(true)
    }
  },
  10 * MINUTES,
)
