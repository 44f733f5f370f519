import { describe, expect, test } from 'vitest'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { listOpenKinds } from '../../../src/engine/repair/open-kinds.ts'
import { setAside, setAsideKind, takeBack } from '../../../src/engine/repair/set-aside.ts'
import { NOON } from '../../support/jobs/a-job.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { databases } from '../../support/databases.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

const BY = { actor: 'berta', now: NOON }

describe.each(databases)('rejects set aside on %s', (_name, open) => {
  test('are no longer open, with the reason and the name, until they are taken back', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    expect(await setAside(db, id, [2, 3, 999], { ...BY, reason: ' Test rows ' })).toBe(2)
    expect(openRejectsOf(await requireJob(db, id))).toBe(2)
    expect(
      await db.selectFrom('tallyman_repair').select(['record', 'reason', 'by']).execute(),
    ).toEqual([
      { record: 2, reason: 'Test rows', by: 'berta' },
      { record: 3, reason: 'Test rows', by: 'berta' },
    ])
    await expectAgreement(store)

    // They must be taken back before somebody repairs them.
    await expect(repair(db, id, { 2: '2,Bo,20' })).rejects.toMatchObject({
      problem: { problem: 'repaired_already' },
    })
    expect(await takeBack(db, id, [2], BY)).toBe(1)
    expect((await repair(db, id, { 2: '2,Bo,20', 3: '3,Carla,30' })).taken).toBe(1)
    await runWaiting(store)
    expect(await requireJob(db, id)).toMatchObject({ repaired: 1, set_aside: 1 })
    await expectAgreement(store)
  })

  test('may be all of one reason, whatever was repaired of them before', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const kinds = await listOpenKinds(db, id)
    const [first] = kinds.filter(({ field }) => field === 'age')
    await repair(db, id, { 2: '2,Bo,20' })
    await runWaiting(store)
    const all = { ...BY, reason: 'Test rows' }
    expect(await setAsideKind(db, id, first?.kind ?? 0, all)).toBe((first?.open ?? 0) - 1)
    expect(await requireJob(db, id)).toMatchObject({ repaired: 1, set_aside: 1 })
    await expect(setAsideKind(db, id, first?.kind ?? 0, all)).rejects.toMatchObject({
      problem: { problem: 'repaired_already' },
    })
    await expectAgreement(store)
  })

  test('need a reason, and are none of those that are repaired already', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    await expect(setAside(db, id, [2], { ...BY, reason: ' ' })).rejects.toMatchObject({
      problem: { problem: 'no_reason' },
      at: ['reason'],
    })
    await repair(db, id, { 2: '2,Bo,20' })
    await expect(setAside(db, id, [2], { ...BY, reason: 'no' })).rejects.toMatchObject({
      problem: { problem: 'repaired_already', id },
    })
    await expect(takeBack(db, id, [2], BY)).rejects.toMatchObject({
      problem: { problem: 'not_set_aside', id },
    })
    await expectAgreement(store)
  })
})
