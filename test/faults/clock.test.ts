import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { listWorkers } from '../../src/engine/lifecycle/workers.ts'
import { createJob, requireJob } from '../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { samplesOf } from '../../src/engine/ground/samples.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { all } from '../support/all.ts'
import { until } from '../support/jobs/big-import.ts'
import { start } from '../support/programs/cli.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { asWorker } from '../support/faults/process-under-test.ts'
import { undisturbed } from '../support/faults/run-interrupted.ts'
import { preloaded } from '../support/faults/preload.ts'
import { aJobUnderTest, remainsOf } from '../support/faults/job-under-test.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'
import { tmpDir } from '../support/tmp.ts'

const HOUR_MS = 3_600_000
const SHIFTS = [0, -HOUR_MS, 24 * HOUR_MS]

/** A clock of its own for every process that gets the environment. */
function aClock(folder: string) {
  const file = path.join(folder, 'clock')
  const set = (shiftMs: number) => writeFileSync(file, String(shiftMs))
  set(0)
  return { set, env: { ...preloaded('set-clock'), TALLYMAN_TEST_CLOCK: file } }
}

test('no lease is stolen when the clock is set forward a day, and back an hour', async () => {
  const { folder, store } = await aStore()
  // One statement that takes longer than the test: there is no batch, but only the heart.
  await sql`create view slow as with recursive n(i) as (select 1 union all select i + 1 from n where i < 1e15)
            select max(i) from n`.execute(store.db)
  const result = path.join(folder, 'slow.csv')
  const specification = parseExportSpecification({ table: 'slow', path: result })
  const { id } = await createJob(
    store.db,
    { ...exportJob(specification, {}), status: 'start_pending' },
    { now: new Date(), actor: OPERATOR },
  )
  const clock = aClock(folder)
  for (let workers = 0; workers < 2; workers++) {
    const worker = start(folder, ['worker'], clock.env)
    worker.stdout.resume()
    worker.stderr.resume()
  }
  const { claim } = await until(store, id, ({ status }) => status === 'running')

  const real = Date.now()
  const beaten = async (from: number, to: number) => {
    for (;;) {
      const shifts = (await listWorkers(store.db)).map((one) => Date.parse(one.heartbeat_at) - real)
      if (shifts.length === 2 && shifts.every((shift) => shift > from && shift < to)) return
      await pause(20)
    }
  }
  clock.set(24 * HOUR_MS)
  await beaten(23 * HOUR_MS, 25 * HOUR_MS)
  clock.set(-HOUR_MS)
  await beaten(-2 * HOUR_MS, -HOUR_MS / 2)

  expect(await requireJob(store.db, id)).toMatchObject({ claim, attempts: 1, deaths: 0 })
  await expectHonest(store.db, id, [OPERATOR])
})

test('a job comes to its end while somebody plays with the clock', async () => {
  const chance = aChance('clock')
  const folder = tmpDir()
  const calm = await undisturbed('import', folder)
  for (let round = 0; round < rounds(1, 10); round++) {
    const subject = await aJobUnderTest('import', path.join(folder, `hurt-${round}`))
    const clock = aClock(folder)
    const began = performance.now()
    const worker = await asWorker(subject, clock.env)
    while (!worker.isGone()) {
      clock.set(SHIFTS[chance.below(SHIFTS.length)] ?? 0)
      await pause(20)
    }
    await worker.gone()

    const { db } = subject.store
    const job = await requireJob(db, subject.id)
    expect(job.attempts).toBe(1)
    await expectHonest(db, subject.id, [OPERATOR])
    const times = [
      job.duration_ms,
      ...(await samplesOf(db, subject.id)).map((one) => one.running_ms),
    ]
    const most = performance.now() - began
    expect(times.filter((milliseconds) => milliseconds < 0 || milliseconds > most)).toEqual([])
    expect(Date.parse(job.started_at ?? '')).toBeGreaterThanOrEqual(Date.parse(job.created_at))
    expect(Date.parse(job.ended_at ?? '')).toBeGreaterThanOrEqual(Date.parse(job.started_at ?? ''))
    const codes = (await all(iterateJournal(db, subject.id))).map(({ code }) => code)
    expect(codes).not.toContain('TLY-1012')
    expect(await remainsOf(subject)).toEqual(calm)
  }
}, 300_000)
