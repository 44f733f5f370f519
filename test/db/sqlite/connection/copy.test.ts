import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../../src/db/open.ts'
import type { Store } from '../../../../src/db/store.ts'
import { databases } from '../../../support/databases.ts'
import { tmpDir } from '../../../support/tmp.ts'

const [, openDatabase] = databases[0]
const ROWS = 20_000

async function countOf({ db }: Pick<Store, 'db'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from thing`.execute(db)
  return rows[0]?.n ?? 0
}

test('a copy comes to its end while another process writes all the time', async () => {
  const { store, another } = await openDatabase()
  await sql`create table thing (id integer primary key, text text)`.execute(store.db)
  await sql`insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
            select i, hex(randomblob(200)) from n`.execute(store.db)
  const writer = await another()
  const copy = path.join(tmpDir(), 'copy.db')
  let isCopied = false
  const copying = store.file?.copyTo(copy).finally(() => (isCopied = true))
  let written = 0
  while (!isCopied) {
    await sql`insert into thing (text) values ('more')`.execute(writer)
    written++
    await nextTurn()
  }
  await copying

  const copied = await openStore(`sqlite:${copy}`)
  onTestFinished(() => copied.close())
  expect(await copied.file?.findDamage(1)).toEqual([])
  expect(await countOf(copied)).toBeLessThan(ROWS + written)
  expect(await countOf(store)).toBe(ROWS + written)
})

test('a copy for a dry run that nobody waits for any more is left, and is not there', async () => {
  const { store } = await openDatabase()
  const reason = new Error('stopped')
  const copying = store.rehearse(7, { stopSignal: AbortSignal.abort(reason) })
  await expect(copying).rejects.toBe(reason)
  expect(store.file?.copies.list()).toEqual([])
})
