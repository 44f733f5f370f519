import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cleanUpAll } from '../../src/worker/cleanup/clear-up.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { tryEvent } from '../support/faults/interruptions.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { asWorker } from '../support/faults/process-under-test.ts'
import { rescueFrom, undisturbed } from '../support/faults/run-interrupted.ts'
import { aJobUnderTest, remainsOf } from '../support/faults/job-under-test.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'
import { tmpDir } from '../support/tmp.ts'
import { untilFurther } from '../support/faults/wait-for-job.ts'

const MINUTES = 60_000

test.each(['import', 'export', 'dry run'] as const)(
  'a job whose worker is killed while it is cancelled leaves a part of the whole: %s',
  async (kind) => {
    const chance = aChance(`${kind} in a cancel`)
    const folder = tmpDir()
    const whole = await undisturbed(kind, folder)
    for (let round = 0; round < rounds(1, 8); round++) {
      const subject = await aJobUnderTest(kind, path.join(folder, `hurt-${round}`))
      const child = await asWorker(subject)
      await untilFurther(child, subject)
      await tryEvent(subject, 'cancel')
      await pause(chance.below(10))
      child.kill('SIGKILL')
      await child.gone()
      await rescueFrom(subject)
      // As every worker does when it starts.
      await cleanUpAll(subject.store)

      const job = await findJob(subject.store.db, subject.id)
      if (job?.status === 'finished') continue
      expect(job?.status).toBe('cancelled')
      await expectHonest(subject.store.db, subject.id, [OPERATOR])
      expectPart(await remainsOf(subject), whole)
    }
  },
  10 * MINUTES,
)

type Remains = Awaited<ReturnType<typeof remainsOf>>

/** What a job has left when it was through with so many records, and nothing else. */
function expectPart(part: Remains, whole: Remains): void {
  const { processed = 0, inserted = 0 } = part.job[0] ?? {}
  expect(part.rejects).toEqual(whole.rejects.filter(({ record }) => record <= processed))
  expect(part.records).toEqual(whole.records.slice(0, part.records.length))
  const traced = (records: Remains['records']) =>
    records.filter(({ code }) => code === 'TLY-1017').length
  if (traced(whole.records) > 0) expect(traced(part.records)).toBe(processed)

  const people = new Set(whole.people.map((person) => JSON.stringify(person)))
  expect(part.people.filter((person) => !people.has(JSON.stringify(person)))).toEqual([])
  // An export inserts into a file.
  if (traced(whole.records) > 0) expect(part.people).toHaveLength(500 + inserted)
  expect(part.keys).toEqual(whole.keys)
  // One that was killed when all was written and had its name has left the whole of it.
  const isNamed = part.result !== '' && processed === whole.job[0]?.processed
  expect(part.result).toBe(isNamed ? whole.result : '')
  expect(part.files).toEqual(whole.files.filter((name) => isNamed || !name.startsWith('result')))
}
