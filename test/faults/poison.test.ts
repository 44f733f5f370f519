import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Job } from '../../src/domain/jobs/job.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { journalBefore } from '../../src/engine/ground/journal.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { tryEvent } from '../support/faults/interruptions.ts'
import { asWorker } from '../support/faults/process-under-test.ts'
import { rescueFrom, undisturbed } from '../support/faults/run-interrupted.ts'
import { preloaded } from '../support/faults/preload.ts'
import { aJobUnderTest, remainsOf, type JobUnderTest } from '../support/faults/job-under-test.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'
import { tmpDir } from '../support/tmp.ts'

/** A record that is in good order, late enough to be in the midst of a large batch. */
const POISON = 1_234

/** Makes the table kill whoever inserts the record. */
async function poison({ store }: JobUnderTest): Promise<void> {
  await sql`create trigger poison before insert on person when new.id = ${sql.lit(POISON - 1)}
            begin select die(); end`.execute(store.db)
}

/** Workers take the job until nobody may any more. */
async function untilFailed(subject: JobUnderTest): Promise<{ job: Job; deaths: number }> {
  let deaths = 0
  for (;;) {
    const child = await asWorker(subject, preloaded('deadly-function'))
    await child.gone()
    if (child.wasKilled()) deaths++
    await rescueFrom(subject)
    const job = await requireJob(subject.store.db, subject.id)
    if (job.status === 'failed' || job.status === 'finished') return { job, deaths }
  }
}

test.each(['import', 'dry run'] as const)(
  'a record that kills its worker fails its job, which names it and goes on once it may: %s',
  async (kind) => {
    const folder = tmpDir()
    const subject = await aJobUnderTest(kind, path.join(folder, 'hurt'))
    await poison(subject)
    const { job, deaths } = await untilFailed(subject)

    // One death in the midst of a batch, and three at the record itself.
    expect(deaths).toBe(4)
    expect(job).toMatchObject({
      status: 'failed',
      failure_reason: 'worker_died',
      failure_params: { times: 3, record: POISON - 1 },
      counters: { processed: POISON - 1 },
    })
    const text = readFileSync(path.join(subject.folder, 'people.csv'), 'latin1')
    const offset = text.indexOf(`\n${POISON - 1},name`) + 1
    const { entries } = await journalBefore(subject.store.db, subject.id, { limit: 2 })
    expect(entries.map(({ code, params }) => ({ code, params }))).toEqual([
      { code: 'TLY-9011', params: { times: 3, record: POISON - 1 } },
      { code: 'TLY-1024', params: { record: POISON, line: POISON + 1, offset } },
    ])

    await sql`drop trigger poison`.execute(subject.store.db)
    await tryEvent(subject, 'start')
    await (await asWorker(subject)).gone()
    expect(await remainsOf(subject)).toEqual(await undisturbed(kind, folder))
    await expectHonest(subject.store.db, subject.id, [OPERATOR])
  },
  120_000,
)
