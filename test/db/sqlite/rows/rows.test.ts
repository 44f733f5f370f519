import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { ALL_ROWS } from '../../../../src/domain/records/rows-wanted.ts'
import { ReadingThread } from '../../../../src/db/sqlite/rows/reading-thread.ts'
import type { EncodedRows } from '../../../../src/db/packed.ts'
import type { Store } from '../../../../src/db/store.ts'
import type { ExportRows, RowPosition } from '../../../../src/db/export-rows.ts'
import { databases } from '../../../support/databases.ts'
import { tmpDir } from '../../../support/tmp.ts'

const [, openDatabase] = databases[0]
const ROWS = 100
const ROWS_A_PAGE = 7

test.each([
  ['once', [false]],
  ['twice, where they have to be loose', [false, true]],
])('pages follow each other, read %s, and are good while the next is', async (_name, reads) => {
  const { store } = await openDatabase()
  await sql`create table thing (id integer primary key, text text)`.execute(store.db)
  await sql`insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
            select i, 'text ' || i from n`.execute(store.db)
  const rows = await open(store, 'thing')

  let before: EncodedRows = { bytes: Buffer.alloc(0), rows: 0 }
  let position: RowPosition = null
  let text = ''
  for (;;) {
    let page = before
    let next: RowPosition = position
    for (const loose of reads) {
      const read = await rows.read(position, { loose })
      ;({ page } = read)
      next = read.position
    }
    text += shown(before)
    if (page.rows === 0) break
    before = page
    position = next
  }
  const line = (_: unknown, at: number) => `${at + 1}\xfftext ${at + 1}\xfe`
  expect(text).toBe(Array.from({ length: ROWS }, line).join(''))
})

test('what was read ahead is not taken for another page', async () => {
  const { store } = await openDatabase()
  await sql`create table thing (id integer primary key)`.execute(store.db)
  await sql`insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
            select i from n`.execute(store.db)
  const rows = await open(store, 'thing', ['integer 50'])

  const { page, position } = await rows.read(null)
  expect([page.rows, position]).toEqual([ROWS_A_PAGE, ['integer 7']])
  expect((await rows.read(['integer 93'])).page.rows).toBe(7)
  expect((await rows.read(['integer 100'])).page.rows).toBe(0)
})

test('a reader that is closed while it reads takes nobody along', async () => {
  const { store } = await openDatabase()
  await sql`create table thing (id integer primary key, text text)`.execute(store.db)
  await sql`insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
            select i, hex(randomblob(50)) from n`.execute(store.db)
  const plan = await planFor(store, 'thing')
  const limit = { rows: 20_000, bytes: 1_000_000 }
  for (let time = 0; time < 20; time++) {
    const rows = store.openRows({ wanted: ALL_ROWS, ...plan, limit, from: null })
    const counted = rows.count()
    await pause(time * 5)
    await rows.close()
    expect(await counted).toBe(20_000)
  }
})

test('a reader whose thread fails while it is closed is closed all the same', async () => {
  const { store } = await openDatabase()
  await sql`create table thing (id integer primary key)`.execute(store.db)
  const plan = { wanted: ALL_ROWS, ...(await planFor(store, 'thing')), from: null }
  const thread = new ReadingThread(path.join(tmpDir(), 'none.db'), plan)
  await expect(thread.end()).resolves.toBeUndefined()
})

test('what the database says against a view is told of the view', async () => {
  const { store } = await openDatabase()
  await sql`create table thing (id integer primary key)`.execute(store.db)
  await sql`create view seen as select id from thing`.execute(store.db)
  const plan = await planFor(store, 'seen')
  await sql`drop table thing`.execute(store.db)
  const rows = opened(store, plan)

  await expect(rows.read(null)).rejects.toMatchObject({
    problem: { problem: 'table_unusable', table: 'seen', detail: 'no such table: main.thing' },
  })
})

test('a page that had to be read once more leaves the one before as it is', async () => {
  const { store } = await openDatabase()
  await sql`create table thing (id integer primary key)`.execute(store.db)
  await sql`insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
            select i from n`.execute(store.db)
  const rows = await open(store, 'thing')

  let position: RowPosition = null
  for (let first = 1; first + 2 * ROWS_A_PAGE <= ROWS; first += 2 * ROWS_A_PAGE) {
    const before = await rows.read(position)
    await rows.read(before.position)
    const again = await rows.read(before.position, { loose: true })
    const ids = [before, again].map(({ page }) => shown(page).split('\xfe')[0])
    expect(ids).toEqual([`${first}`, `${first + ROWS_A_PAGE}`])
    position = again.position
  }
})

/** With marks behind the cells, also where the page has none: then each begins with its sign. */
function shown({ bytes, rows, lengths }: EncodedRows): string {
  if (lengths === undefined) return bytes.toString('latin1')
  let at = 0
  return lengths
    .map((length, place) => {
      const isLast = (place + 1) % (lengths.length / rows) === 0
      at += length
      return bytes.toString('latin1', at - length + 1, at) + (isLast ? '\xfe' : '\xff')
    })
    .join('')
}

async function planFor(store: Store, name: string) {
  const table = await store.tables.describe(store.db, name)
  if (table === undefined) throw new Error(`there is no ${name}`)
  const columns = table.columns.map((column) => column.name)
  return { table, columns, limit: { rows: ROWS_A_PAGE, bytes: 1_000 } }
}

function opened(
  store: Store,
  plan: Awaited<ReturnType<typeof planFor>>,
  from: RowPosition = null,
): ExportRows {
  const rows = store.openRows({ wanted: ALL_ROWS, ...plan, from })
  onTestFinished(() => rows.close())
  return rows
}

async function open(store: Store, name: string, from?: RowPosition): Promise<ExportRows> {
  return opened(store, await planFor(store, name), from)
}
