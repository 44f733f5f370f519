import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { inSnapshot } from '../../../src/engine/ground/in-snapshot.ts'
import { journalExtract } from '../../../src/engine/report/journal-extract.ts'
import { writeJournal } from '../../../src/engine/ground/journal.ts'
import { readReport } from '../../../src/engine/report/read-report.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aJob, NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const LIMITS = { entriesEach: 5, kinds: 2, examplesEach: 3 }

/** Traces, which follow the first entry of every job: that it was made. */
async function aJobWithTraces(db: Db, count: number): Promise<number> {
  const { id } = await aJob(db)
  const traces = Array.from({ length: count }, (_, at) => ({
    code: 'TLY-1017' as const,
    params: { record: at + 1, outcome: 'inserted' },
  }))
  await db
    .transaction()
    .execute((trx) => writeJournal(trx, id, traces, { actor: OPERATOR, now: NOON }))
  return id
}

describe.each(databases)('a report on %s', (_name, open) => {
  test('has both ends of a long journal, and how many entries are between them', async () => {
    const { db } = await open()
    await aJobWithTraces(db, 3)
    const id = await aJobWithTraces(db, 30)
    const { first, last, leftOut } = await journalExtract(db, id, { each: 10 })
    expect(first.map(({ params }) => params['record'])).toEqual([
      undefined,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
    ])
    expect(last.map(({ params }) => params['record'])).toEqual([
      21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    ])
    expect(leftOut).toEqual({ count: 11, isMore: false })
  })

  test('counts what it leaves out no further than it can afford to', async () => {
    const { db } = await open()
    const id = await aJobWithTraces(db, 30)
    const { leftOut } = await journalExtract(db, id, { each: 10, mostCounted: 10 })
    expect(leftOut).toEqual({ count: 10, isMore: true })
  })

  test.each([4, 9, 14])('tells each of %i entries and one more at most once', async (count) => {
    const { db } = await open()
    const id = await aJobWithTraces(db, count)
    const { first, last, leftOut } = await journalExtract(db, id, { each: 10 })
    const ids = [...first, ...last].map((entry) => entry.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([ids.length, leftOut.count]).toEqual([count + 1, 0])
  })

  test('counts the rejects of all kinds, and shows the first of the most frequent', async () => {
    const { db } = await open()
    const { id, claim } = await aJob(db, { status: 'running' })
    const rejects = [
      ...[1, 2, 3, 4, 5].map((record) => aReject({ record })),
      ...[6, 7].map((record) => aReject({ record, code: 'TLY-2004' })),
      aReject({ record: 8, code: 'TLY-2006' }),
    ]
    const batch = aBatch({ jobId: id, claim: claim ?? '', rejects })
    await db.transaction().execute((trx) => commitBatch(trx, batch))

    const report = await readReport(db, id, LIMITS)
    expect(report.rejects).toMatchObject({ messages: 8, kindsLeftOut: 1 })
    expect(report.rejects.kinds.map(({ count }) => count)).toEqual([5, 2])
    expect(report.rejects.kinds.map(({ examples }) => examples.map((r) => r.record))).toEqual([
      [1, 2, 3],
      [6, 7],
    ])
  })

  test('is of one instant, whatever is written meanwhile, and keeps nobody from writing', async () => {
    const { db, another } = await open()
    const writer = await another()
    const { id, claim } = await aJob(db, { status: 'running' })
    await inSnapshot(db, async (trx) => {
      const before = await journalExtract(trx, id, { each: 5 })
      const journal = [{ code: 'TLY-1016' as const, params: {} }]
      const batch = aBatch({ jobId: id, claim: claim ?? '', journal })
      await writer.transaction().execute((own) => commitBatch(own, batch))
      expect(await journalExtract(trx, id, { each: 5 })).toEqual(before)
    })
    const { job, journal } = await readReport(db, id, LIMITS)
    expect(job.counters.processed).toBe(10)
    expect(journal.last.at(-1)?.code).toBe('TLY-1016')
  })
})
