import { sql } from 'kysely'
import { expect } from 'vitest'
import { iterateJournal } from '../../../src/engine/ground/journal.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { all } from '../all.ts'
import { eventOf, expectHonest } from '../jobs/honest-journal.ts'
import { OPERATORS, type Model, type System } from './system.ts'

/** The database agrees with what is expected of every job, in all that it tells of it. */
export async function expectAgreement(model: Model, { store }: System): Promise<void> {
  const claims: string[] = []
  for (const [id, expected] of model.jobs) {
    const job = await findJob(store.db, id)
    expect(job, `job ${id}`).toMatchObject({
      status: expected.status,
      claim: expected.claim,
      counters: { processed: expected.processed, inserted: expected.processed },
    })
    const journal = await all(iterateJournal(store.db, id))
    const moves = journal.flatMap((entry) => {
      const event = eventOf(entry)
      return event === undefined ? [] : [[event, entry.actor]]
    })
    expect(moves).toEqual(expected.moves)
    await expectHonest(store.db, id, OPERATORS)
    if (expected.claim !== null) claims.push(expected.claim)
    expect(await cratesOf(store.db, id)).toBe(expected.processed)
  }
  expect(new Set(claims).size).toBe(claims.length)
  const { length } = await store.db.selectFrom('tallyman_job').select('id').execute()
  expect(length).toBe(model.jobs.size)
}

async function cratesOf(db: System['store']['db'], id: number): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from crate where job_id = ${id}`.execute(db)
  return Number(rows[0]?.n)
}
