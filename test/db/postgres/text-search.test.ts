import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { kindOf } from '../../../src/db/kind.ts'
import type { Db } from '../../../src/db/store.ts'
import { listIds } from '../../../src/engine/list/list-jobs.ts'
import { aJob, NOON } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'
import { asUser } from '../../support/postgres/as-user.ts'

test('a text is found by an index, of trigrams or of what is shorter, and without it job by job', async () => {
  const { store } = await aStore()
  const { db } = store
  const { id } = await aJob(db, { label: 'A Zeppelin, 50 % off_' })
  await aJob(db, { label: 'Nothing of the kind' })
  const find = (text: string) => listIds(db, { text, limit: 9, now: NOON })
  for (const text of ['zepp', '50 % off_', 'ze', 'z', '%', '_', ', ']) {
    expect([text, await find(text)]).toEqual([text, [id]])
  }
  expect(await find('qx')).toEqual([])
  for (const [text, index] of [
    ['zepp', 'tallyman_job_by_text'],
    ['ze', 'tallyman_job_by_short_text'],
    ['z', 'tallyman_job_by_short_text'],
  ] as const) {
    expect(await planOf(db, text)).toContain(index)
  }

  await db
    .transaction()
    .execute(async (trx) => {
      await sql`drop index tallyman_job_by_text`.execute(trx)
      expect(await kindOf(trx).findText(trx, 'zepp')).toBeUndefined()
      expect(await listIds(trx, { text: 'zepp', limit: 9, now: NOON })).toEqual([id])
      throw new Error('undone')
    })
    .catch((error: unknown) => expect(String(error)).toContain('undone'))
})

async function planOf(db: Db, text: string): Promise<string> {
  return await db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off; set local enable_indexscan = off`.execute(trx)
    const hits = await kindOf(trx).findText(trx, text)
    if (hits === undefined) throw new Error('there is no index')
    return JSON.stringify((await sql`explain ${hits}`.execute(trx)).rows)
  })
}

test('the index of trigrams is made once the extension is there, and its lack is known', async () => {
  const { store } = await aStore()
  const { id } = await aJob(store.db, { label: 'A Zeppelin' })
  const { indexTexts, findText } = kindOf(store.db)
  await sql`drop extension pg_trgm cascade`.execute(store.db)
  const user = await asUser(store, [
    'usage on schema public',
    'select on all tables in schema public',
  ])
  expect(await indexTexts(user.db)).toBe(false)

  expect(await indexTexts(store.db)).toBe(true)
  expect(await findText(store.db, 'zepp')).toBeDefined()
  expect(await listIds(store.db, { text: 'zepp', limit: 9, now: NOON })).toEqual([id])
  expect(await indexTexts(user.db)).toBe(true)
})
