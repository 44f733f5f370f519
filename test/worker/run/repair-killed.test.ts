import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { aStore } from '../../support/a-store.ts'
import { start } from '../../support/programs/cli.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { rescueSilent } from '../../support/jobs/a-rescuer.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

const COUNT = 4_000
const KILLS = 3
/** Each of these does not fit even as corrected. */
const isLost = (id: number) => id % 89 === 0

test(
  'a linked job whose workers are killed writes each corrected record once',
  { timeout: 300_000 },
  async () => {
    const { folder, store } = await aStore()
    const { db } = store
    const ids = Array.from({ length: COUNT }, (_, at) => at + 1)
    const faulty = ['id,name,age', ...ids.map((id) => `${id},P${id},many`), ''].join('\n')
    const first = await aFaultyImport(store, { stopIfAllRejected: false }, faulty)
    const corrected = ids.map((id) => [id, `${id},P${id},${isLost(id) ? 'x' : id % 90}`])
    const { job } = await repair(db, first, Object.fromEntries(corrected))

    let kills = 0
    while (kills < KILLS) {
      const before = (await requireJob(db, job.id)).counters.processed
      const worker = start(folder, ['worker', '--once'])
      let now = before
      while (now === before && worker.exitCode === null) {
        now = (await requireJob(db, job.id)).counters.processed
      }
      worker.kill('SIGKILL')
      if ((await requireJob(db, job.id)).status === 'finished') break
      kills++
      await rescueSilent(db)
      await expectAgreement(store)
    }
    await runWaiting(store)
    const lost = ids.filter(isLost).length
    const done = await requireJob(db, job.id)
    expect(done).toMatchObject({ status: 'finished', total: COUNT })
    expect(done.counters).toMatchObject({ processed: COUNT, inserted: COUNT - lost, rejects: lost })
    expect(openRejectsOf(await requireJob(db, first))).toBe(lost)
    const { rows } = await sql<{ n: number }>`select count(*) as n from person`.execute(db)
    expect(rows[0]?.n).toBe(COUNT - lost)
    await expectAgreement(store)
    expect(kills).toBeGreaterThan(0)
  },
)
