import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { InvalidInputError } from '../../../src/domain/words/errors.ts'
import type { Reject } from '../../../src/domain/records/reject.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { forgetRehearsal } from '../../../src/engine/cleanup/forget-rehearsal.ts'
import { listRejectKinds, type RejectFilter } from '../../../src/engine/rejects/reject-kinds.ts'
import { bytesOfReject, findReject } from '../../../src/engine/rejects/find-reject.ts'
import { exampleRejects, listExamples, pageOfRejects } from '../../../src/engine/rejects/rejects.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'

const TYPES = ['error', 'warning'] as const
const CODES = ['TLY-2001', 'TLY-3001', 'TLY-3002'] as const
const FIELDS = [null, 'age', 'name'] as const

const maybe = <Each>(each: readonly Each[]) =>
  fc.option(fc.constantFrom(...each), { nil: undefined })
const filters = fc.record({ type: maybe(TYPES), code: maybe(CODES), field: maybe(FIELDS) })
const kinds = fc.record({
  type: fc.constantFrom(...TYPES),
  code: fc.constantFrom(...CODES),
  field: fc.constantFrom(...FIELDS),
})

/** Rejects of 120 records, up to two messages each, stored in several batches. */
async function storeRandomRejects(db: Db): Promise<{ id: number; rejects: Reject[] }> {
  const { id } = await aJob(db, { status: 'running', claim: 'mine' })
  const rejects = fc
    .sample(fc.array(kinds, { maxLength: 2 }), { numRuns: 120, seed: 7 })
    .flatMap((messages, index) => messages.map((kind) => aReject({ ...kind, record: index + 1 })))
  for (let from = 0; from < 120; from += 50) {
    const piece = rejects.filter(({ record }) => record > from && record <= from + 50)
    const batch = aBatch({ jobId: id, claim: 'mine', rejects: piece })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
  }
  return { id, rejects }
}

const matches = (reject: Reject, { type, code, field }: RejectFilter) =>
  (type === undefined || reject.type === type) &&
  (code === undefined || reject.code === code) &&
  (field === undefined || reject.field === field)

const kindName = ({ type, code, field }: Pick<Reject, 'type' | 'code' | 'field'>) =>
  [type, code, field].join()

describe.each(databases)('pages of rejects on %s', (_name, open) => {
  test('are the rejects that match, in the order of the source, forwards and backwards', async () => {
    const { db } = await open()
    const { id, rejects } = await storeRandomRejects(db)
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 5, max: 50 }), async (filter, limit) => {
        const forwards = []
        const backwards = []
        let page = await pageOfRejects(db, id, { ...filter, limit })
        forwards.push(page.rejects)
        while (page.next !== undefined) {
          page = await pageOfRejects(db, id, { ...filter, limit, cursor: page.next })
          forwards.push(page.rejects)
        }
        backwards.unshift(page.rejects)
        while (page.previous !== undefined) {
          page = await pageOfRejects(db, id, { ...filter, limit, cursor: page.previous })
          backwards.unshift(page.rejects)
        }
        const expected = rejects.filter((reject) => matches(reject, filter))
        expect(forwards.flat()).toMatchObject(expected.map(({ raw: _raw, ...listed }) => listed))
        expect(forwards.flat()).toHaveLength(expected.length)
        expect(backwards).toEqual(forwards)
      }),
      { numRuns: 60 },
    )
  })

  test('stay in order where the matching kinds are more than a statement can merge', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const rejects = Array.from({ length: 300 }, (_, n) =>
      aReject({ record: 300 - n, field: `f${n % 150}`, type: n % 2 === 0 ? 'error' : 'warning' }),
    )
    const batch = aBatch({ jobId: id, claim: 'mine', rejects })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    const { rejects: page } = await pageOfRejects(db, id, { code: 'TLY-2001', limit: 500 })
    expect(page.map(({ record }) => record)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1))
  })

  test('and the examples beside them are read without the bytes of the records', async () => {
    const { db } = await open()
    const { id } = await storeRandomRejects(db)
    const { rejects } = await pageOfRejects(db, id, { limit: 50 })
    const kinds = await listExamples(db, id, { kinds: 4, each: 3 })
    const listed = [...rejects, ...kinds.flatMap(({ examples }) => examples)]
    expect(listed.length).toBeGreaterThan(50)
    expect(listed.filter((reject) => 'raw' in reject)).toEqual([])
  })

  test('refuse a cursor that is none', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const page = pageOfRejects(db, id, { limit: 1, cursor: 'WzFd' })
    await expect(page).rejects.toThrow(InvalidInputError)
  })
})

describe.each(databases)('kinds of rejects on %s', (_name, open) => {
  test('count the messages of all batches by type, code and field', async () => {
    const { db } = await open()
    const { id, rejects } = await storeRandomRejects(db)
    const found = await listRejectKinds(db, id)
    const expected = Map.groupBy(rejects, kindName)
    expect(found).toHaveLength(expected.size)
    for (const kind of found) expect(kind.count).toBe(expected.get(kindName(kind))?.length)
    const counts = found.map(({ count }) => count)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    expect(await listRejectKinds(db, id, { type: 'error', field: null })).toEqual(
      found.filter(({ type, field }) => type === 'error' && field === null),
    )
  })

  test('have the first of their rejects as examples', async () => {
    const { db } = await open()
    const { id, rejects } = await storeRandomRejects(db)
    const examples = await exampleRejects(db, id, { kinds: 4, each: 3 })
    expect(examples).toMatchObject((await listRejectKinds(db, id)).slice(0, 4))
    for (const kind of examples) {
      const alike = rejects.filter((reject) => kindName(reject) === kindName(kind))
      const expected = alike.slice(0, 3).map(({ raw, ...listed }) => ({ ...listed, head: raw }))
      expect(kind.examples).toMatchObject(expected)
    }
  })

  test('are forgotten with a rehearsal that starts again, and counted from one anew', async () => {
    const { db } = await open()
    const { id } = await storeRandomRejects(db)
    await db.transaction().execute((trx) => forgetRehearsal(trx, id))
    expect(await listRejectKinds(db, id)).toEqual([])
    const batch = aBatch({ jobId: id, claim: 'mine', rejects: [aReject(), aReject()] })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    expect(await listRejectKinds(db, id)).toMatchObject([{ kind: 1, count: 2 }])
  })

  test('a batch that is undone leaves no count', async () => {
    const { db, everything } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const before = await everything()
    const batch = aBatch({ jobId: id, claim: 'mine', rejects: [aReject()] })
    const undone = db.transaction().execute(async (trx) => {
      await commitBatch(trx, batch)
      throw new Error('the disk is full')
    })
    await expect(undone).rejects.toThrow('the disk is full')
    expect(await everything()).toEqual(before)
  })
})

describe.each(databases)('one rejected record on %s', (_name, open) => {
  test('is found with all of its messages', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const rejects = [
      aReject({ record: 4 }),
      aReject({ record: 5, field: 'b', code: 'TLY-3002' }),
      aReject({ record: 5, field: 'a', code: 'TLY-3001' }),
    ]
    const batch = aBatch({ jobId: id, claim: 'mine', rejects })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    const messages = rejects.slice(1).map(({ raw: _raw, ...listed }) => listed)
    expect(await findReject(db, id, 5)).toMatchObject({ messages })
    expect(await findReject(db, id, 6)).toBeUndefined()
  })

  test('is found by its beginning, and read as a whole in pieces, however long it is', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'running', claim: 'mine' })
    const raw = Buffer.from(Array.from({ length: 3 * 1024 * 1024 }, (_, at) => at % 251))
    const rejects = ['a', 'b'].map((field) => aReject({ raw, field }))
    const batch = aBatch({ jobId: id, claim: 'mine', rejects })
    await db.transaction().execute((trx) => commitBatch(trx, batch))
    const found = await findReject(db, id, 1)
    expect(found?.bytes).toBe(raw.length)
    expect(found?.head.equals(raw.subarray(0, 64 * 1024))).toBe(true)
    const pieces = await all(bytesOfReject(db, id, 1))
    expect(pieces.map(({ length }) => length)).toEqual(Array(3).fill(1024 * 1024))
    expect(Buffer.concat(pieces).equals(raw)).toBe(true)
  })
})
