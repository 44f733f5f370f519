import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { listRejectKinds } from '../../../src/engine/rejects/reject-kinds.ts'
import { lineRangesOf } from '../../../src/engine/repair/line-ranges.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
import { databases } from '../../support/databases.ts'

describe.each(databases)('the lines of the rejects of a reason on %s', (_name, open) => {
  test('are all told where no more are looked at than there are', async () => {
    const { store, db } = await open()
    const text = 'id,name,age\n1,Ana,x\n2,Bo,20\n3,Carla,x\n4,Dora,x\n'
    const job = await requireJob(db, await aFaultyImport(store, {}, text))
    const [kind] = await listRejectKinds(db, job.id)
    const all = [
      { from: 2, to: 2, records: 1, record: 1 },
      { from: 4, to: 5, records: 2, record: 3 },
    ]
    const linesOf = (records?: number) =>
      lineRangesOf(db, job, kind?.kind ?? 0, records === undefined ? {} : { records })
    expect(await linesOf()).toEqual({ ranges: all, more: false })
    expect(await linesOf(3)).toEqual({ ranges: all, more: false })
    const first = [all[0], { from: 4, to: 4, records: 1, record: 3 }]
    expect(await linesOf(2)).toEqual({ ranges: first, more: true })
  })
})
