import { describe, expect, test } from 'vitest'
import {
  iterateJournal,
  journalAfter,
  journalBefore,
  writeJournal,
} from '../../../src/engine/ground/journal.ts'
import { aJob, NOON, WORKER } from '../../support/jobs/a-job.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'

describe.each(databases)('the journal on %s', (_name, open) => {
  test('keeps messages in their order, each with its level, and gives what came after one', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const messages = [
      { code: 'TLY-1016', params: {} },
      { code: 'TLY-1012', params: { worker: 'w', seconds: 12 } },
      { code: 'TLY-9001', params: { detail: 'x' } },
    ] as const
    await db.transaction().execute(async (trx) => {
      await writeJournal(trx, id, [...messages], { actor: WORKER, now: NOON })
    })

    const [created, ...written] = await journalAfter(db, id, { after: 0, limit: 10 })
    expect(written).toMatchObject(messages)
    expect(written.map(({ level }) => level)).toEqual(['information', 'warning', 'error'])
    expect(await journalAfter(db, id, { after: created?.id ?? 0, limit: 1 })).toEqual([written[0]])
    expect(await journalAfter(db, id, { after: 0, level: 'error', limit: 9 })).toEqual([written[2]])
  })

  test('keeps of a text that is very long the beginning', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const columns = 'c, '.repeat(900_000)
    await db.transaction().execute(async (trx) => {
      await writeJournal(
        trx,
        id,
        { code: 'TLY-1040', params: { columns } },
        { actor: WORKER, now: NOON },
      )
    })
    const [entry] = await journalAfter(db, id, { after: 0, level: 'warning', limit: 1 })
    expect(entry?.params).toEqual({ columns: `${columns.slice(0, 64 * 1024 - 1)}…` })
  })

  test('can be read whole, however long it is, and is of one job only', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await aJob(db)
    const trace = Array.from({ length: 2_500 }, (_, record) => ({
      code: 'TLY-1017' as const,
      params: { record, outcome: 'inserted' },
    }))
    await db
      .transaction()
      .execute((trx) => writeJournal(trx, id, trace, { actor: WORKER, now: NOON }))

    const entries = await all(iterateJournal(db, id))
    expect(entries.slice(1).map(({ params }) => params['record'])).toEqual(
      trace.map(({ params }) => params.record),
    )
    expect(await all(iterateJournal(db, id, { level: 'warning' }))).toEqual([])
  })

  test('is read backwards page by page, each page oldest first, and narrowed to a level', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const messages = Array.from({ length: 20 }, (_, n) =>
      n % 4 === 0
        ? ({ code: 'TLY-1012', params: { worker: 'w', seconds: n } } as const)
        : ({ code: 'TLY-1017', params: { record: n, outcome: 'inserted' } } as const),
    )
    await db
      .transaction()
      .execute((trx) => writeJournal(trx, id, messages, { actor: WORKER, now: NOON }))
    await aJob(db)

    for (const level of [undefined, 'warning'] as const) {
      const all = await journalAfter(db, id, { after: 0, level, limit: 100 })
      const read: typeof all = []
      let page = await journalBefore(db, id, { level, limit: 3 })
      read.unshift(...page.entries)
      while (page.more) {
        expect(page.entries).toHaveLength(3)
        page = await journalBefore(db, id, { before: page.entries[0]?.id, level, limit: 3 })
        read.unshift(...page.entries)
      }
      expect(read).toEqual(all)
    }
  })

  test('takes no messages at all', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    await db.transaction().execute((trx) => writeJournal(trx, id, [], { actor: WORKER, now: NOON }))
    expect(await journalAfter(db, id, { after: 0, limit: 9 })).toHaveLength(1)
  })
})
