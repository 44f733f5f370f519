import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Reject } from '../../../src/domain/records/reject.ts'
import type { Db } from '../../../src/db/store.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { listRejectKinds } from '../../../src/engine/rejects/reject-kinds.ts'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'

async function aJobWith(db: Db, rejects: Reject[]): Promise<number> {
  const { id, claim } = await aJob(db, { status: 'running' })
  const batch = aBatch({ jobId: id, claim: claim ?? '', rejects })
  await db.transaction().execute((trx) => commitBatch(trx, batch))
  return id
}

describe.each(databases)('rejects on %s', (_name, open) => {
  test('are listed in the order of the source, several messages of a record together', async () => {
    const { db } = await open()
    const id = await aJobWith(
      db,
      [5, 2, 2, 2, 9].map((record) => aReject({ record })),
    )

    const read = await all(iterateRejects(db, id))
    expect(read.map(({ record, seq }) => [record, seq])).toEqual([
      [2, 0],
      [2, 1],
      [2, 2],
      [5, 0],
      [9, 0],
    ])
  })

  test('keep the bytes of the record as they were', async () => {
    const { db } = await open()
    const raw = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const id = await aJobWith(db, [aReject({ raw, params: { value: 'ñ', limit: 3 } })])
    const [reject] = await all(iterateRejects(db, id))
    expect(reject?.raw).toEqual(raw)
    expect(reject?.params).toEqual({ value: 'ñ', limit: 3 })
  })

  test('have the bytes of a record once in the database, and each with all of its messages', async () => {
    const { db } = await open()
    const long = Buffer.alloc(5 * 1024 * 1024, 'x')
    const rejects = [1, 1, 2, 2, 2, 3].map((record) =>
      aReject({ record, raw: record === 2 ? long : Buffer.from(`r${record}`) }),
    )
    rejects[4] = aReject({ ...rejects[4], type: 'warning' })
    const id = await aJobWith(db, rejects)
    const { rows } = await sql`
      select record, sum(length(raw)) as bytes from tallyman_reject
      group by record order by record`.execute(db)
    expect(rows).toEqual([
      { record: 1, bytes: 2 },
      { record: 2, bytes: long.length },
      { record: 3, bytes: 2 },
    ])
    const read = await all(iterateRejects(db, id))
    expect(read.map(({ raw }, at) => rejects[at]?.raw.equals(raw))).toEqual(Array(6).fill(true))
    const [warning] = await all(iterateRejects(db, id, { type: 'warning' }))
    expect(warning?.raw.equals(long)).toBe(true)
  })

  test('can be narrowed to a type and to a code', async () => {
    const { db } = await open()
    const warning = aReject({ record: 2, type: 'warning', code: 'TLY-3010' })
    const id = await aJobWith(db, [aReject(), warning])
    expect(await all(iterateRejects(db, id, { type: 'warning' }))).toMatchObject([warning])
    expect(await all(iterateRejects(db, id, { code: 'TLY-2001' }))).toMatchObject([aReject()])
  })

  test('are all read, however many pages they take', async () => {
    const { db } = await open()
    const rejects = Array.from({ length: 2_500 }, (_, n) => aReject({ record: (n >> 1) + 1 }))
    const id = await aJobWith(db, rejects)
    await aJobWith(db, [aReject()])
    const read = await all(iterateRejects(db, id))
    expect(read.map(({ record }) => record)).toEqual(rejects.map(({ record }) => record))
  })

  test('are counted by code and field, the most frequent first', async () => {
    const { db } = await open()
    const field = (name: string, record: number) =>
      aReject({ record, field: name, code: 'TLY-3002', connector: 'database' })
    const id = await aJobWith(db, [aReject(), field('b', 1), field('a', 2), field('b', 3)])
    expect(await listRejectKinds(db, id)).toEqual([
      { kind: 2, type: 'error', code: 'TLY-3002', field: 'b', count: 2 },
      { kind: 1, type: 'error', code: 'TLY-2001', field: null, count: 1 },
      { kind: 3, type: 'error', code: 'TLY-3002', field: 'a', count: 1 },
    ])
  })
})
