import { describe, expect, test } from 'vitest'
import { MESSAGES, type Message } from '../../../src/domain/words/messages.ts'
import { WARNINGS } from '../../../src/domain/words/warnings.ts'
import { writeJournal } from '../../../src/engine/ground/journal.ts'
import { jobWarnings, warningsOfJobs } from '../../../src/engine/jobs/warnings.ts'
import type { Db } from '../../../src/db/store.ts'
import { aJob, NOON, WORKER } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

async function tell(db: Db, id: number, messages: Message[]): Promise<void> {
  const by = { actor: WORKER, now: NOON }
  await db.transaction().execute((trx) => writeJournal(trx, id, messages, by))
}

const columnsOf = (columns: string): Message => ({ code: 'TLY-1040', params: { columns } })

test('every message of the level warning warns, but those of the execution alone', () => {
  const others = Object.entries(MESSAGES)
    .filter(([, level]) => level === 'warning')
    .map(([code]) => code)
    .filter((code) => !WARNINGS.some((one) => one === code))
  expect(others).toEqual(['TLY-1009', 'TLY-1012', 'TLY-1070'])
})

describe.each(databases)('what a job warns of on %s', (_name, open) => {
  test('is told in its order, without what its journal tells besides', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'shutting_down' })
    await tell(db, id, [columnsOf('a'), { code: 'TLY-1016', params: {} }, columnsOf('b')])
    const { entries, count } = await jobWarnings(db, id)
    expect(entries.map(({ code, params }) => [code, params])).toEqual([
      ['TLY-1040', { columns: 'a' }],
      ['TLY-1040', { columns: 'b' }],
    ])
    expect(count).toBe(2)
    expect(entries[0]).toMatchObject({ job_id: id, level: 'warning', actor: WORKER })
  })

  test('is nothing where it warns of nothing', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'finished' })
    expect(await jobWarnings(db, id)).toEqual({ entries: [], count: 0 })
    expect(await warningsOfJobs(db, [], { limit: 1 })).toEqual(new Map())
  })

  test('is cut for each job of a list by itself, and counted', async () => {
    const { db } = await open()
    const [first, second, third] = [await aJob(db), await aJob(db), await aJob(db)]
    await tell(db, first.id, ['a', 'b', 'c'].map(columnsOf))
    await tell(db, third.id, [columnsOf('d')])
    const found = await warningsOfJobs(db, [first.id, second.id, third.id], { limit: 2 })
    const told = [...found].map(([id, { entries, count }]) => [
      id,
      entries.map(({ params }) => params['columns']),
      count,
    ])
    expect(told).toEqual([
      [first.id, ['a', 'b'], 3],
      [third.id, ['d'], 1],
    ])
  })
})
