import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  run as runExport,
  specify as parseExportSpecification,
} from '../support/pipeline/an-export.ts'
import { freshStore, run, specify, written } from '../support/pipeline/an-import.ts'

async function aStore() {
  const { store, folder } = await freshStore('create table file (name text primary key, body blob)')
  const rows = async (table: string) =>
    (
      await sql
        .raw(`select name, typeof(body) as type, hex(body) as body from ${table}`)
        .execute(store.db)
    ).rows
  return { store, folder, rows }
}

test('bytes that were exported come back as the same bytes', async () => {
  const { store, folder, rows } = await aStore()
  await sql`insert into file values ('a', x'00ff22'), ('b', null), ('c', x'0a')`.execute(store.db)
  await runExport(store, parseExportSpecification({ table: 'file', path: `${folder}/out.csv` }))
  await sql`create table copy (name text primary key, body blob)`.execute(store.db)

  const path = `${folder}/out.csv`
  const into = specify({ path, table: 'copy', key: ['name'] })
  expect((await run(store, into)).last.counters).toMatchObject({ inserted: 3 })
  expect(await rows('copy')).toEqual(await rows('file'))
  expect((await run(store, into)).last.counters).toMatchObject({ unchanged: 3, updated: 0 })
})

test('bytes that differ are updated, and other fields leave them as they are', async () => {
  const { store, folder, rows } = await aStore()
  await sql`insert into file values ('a', x'01'), ('b', 'text'), ('c', x'03')`.execute(store.db)
  const path = written(folder, 'name,body\na,FF\nb,\nc,03\n')
  const { last } = await run(store, specify({ path, table: 'file', key: ['name'] }))
  expect(last.counters).toMatchObject({ updated: 1, unchanged: 2 })
  expect(await rows('file')).toEqual([
    { name: 'a', type: 'blob', body: 'FF' },
    { name: 'b', type: 'text', body: '74657874' },
    { name: 'c', type: 'blob', body: '03' },
  ])
})

test.each(['abc', 'xy', '0x01'])('%s is no bytes', async (body) => {
  const { store, folder } = await aStore()
  const path = written(folder, `name,body\na,${body}\n`)
  const { batches } = await run(store, specify({ path, table: 'file', key: ['name'] }))
  expect(batches.flatMap(({ rejects }) => rejects)).toMatchObject([
    { record: 1, field: 'body', code: 'TLY-3001', params: { value: body, type: 'blob' } },
  ])
})

test('a row is found by bytes, and a double told by them', async () => {
  const { store, folder } = await aStore()
  await sql`insert into file values ('a', x'ab')`.execute(store.db)
  const path = written(folder, 'body,name\nAB,x\nab,y\n')
  const given = { path, table: 'file', key: ['body'], doubles: 'reject' } as const
  const { last, batches } = await run(store, specify({ ...given, key: ['body'] }))
  expect(last.counters).toMatchObject({ updated: 1, doubles: 1 })
  expect(batches.flatMap(({ rejects }) => rejects)).toMatchObject([
    { code: 'TLY-3007', params: { key: 'ab' } },
  ])
})
