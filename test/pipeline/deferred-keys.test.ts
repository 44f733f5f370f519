import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { byDatabase } from '../support/databases.ts'
import {
  freshStore,
  people,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../support/pipeline/an-import.ts'

/** A text without regard to case. */
const CODE = byDatabase({ SQLite: 'text collate nocase', PostgreSQL: 'citext' })
const READY = byDatabase({ SQLite: '', PostgreSQL: 'create extension if not exists citext;' })
const CITY = `${READY} create table city (code ${CODE} primary key)`
const PERSON = `create table person (
  id integer primary key,
  city ${CODE} references city deferrable initially deferred,
  boss integer references person (id) deferrable initially deferred
)`

async function imported(text: string, given: SomeOfImport = {}) {
  const { store, folder } = await freshStore(CITY)
  await sql.raw(PERSON).execute(store.db)
  await sql.raw(`insert into city values ('M'), ('B')`).execute(store.db)
  const path = written(folder, text)
  const { last, batches } = await run(store, specify({ path, key: ['id'], ...given }))
  const rejects = batches
    .flatMap((batch) => batch.rejects)
    .map(({ record, field, code, type }) => ({ record, field, code, type }))
  return { store, folder, rejects, counters: last.counters, people: await people(store) }
}

const REFUSED = { code: 'TLY-3005', type: 'error' }

test('a record that a deferred foreign key would refuse at the commit is rejected alone', async () => {
  const { rejects, people, counters } = await imported('id,city\n1,M\n2,Nowhere\n3,b\n4,\n')
  expect(rejects).toEqual([{ ...REFUSED, record: 2, field: 'city' }])
  expect(people.map((person) => ({ ...Object(person) }).id)).toEqual([1, 3, 4])
  expect(counters).toMatchObject({ inserted: 3, rejects: 1 })
})

test('a row may refer to itself and to any other of the file, but not to one that refers to it', async () => {
  const { rejects, counters } = await imported('id,boss\n1,1\n2,1\n3,4\n4,2\n5,6\n6,5\n')
  expect(rejects).toEqual([
    { ...REFUSED, record: 5, field: 'boss' },
    { ...REFUSED, record: 6, field: 'boss' },
  ])
  expect(counters).toMatchObject({ inserted: 4 })
})

test('an update that would break a deferred foreign key leaves the row as it was', async () => {
  const { rejects, people, counters } = await imported('id,city\n1,M\n1,X\n1,B\n')
  expect(rejects).toEqual([{ ...REFUSED, record: 2, field: 'city' }])
  expect(people).toEqual([{ id: 1, city: 'B', boss: null }])
  expect(counters).toMatchObject({ inserted: 1, updated: 1 })
})

test('a field whose error is a warning is left out of the record', async () => {
  const fields = {
    city: { emptyOverwrites: false, onlyIfEmpty: false, onlyOnInsert: false, onError: 'warn' },
  } as const
  const { rejects, people } = await imported('id,city\n1,X\n', { fields })
  expect(rejects).toEqual([{ record: 1, field: 'city', code: 'TLY-3005', type: 'warning' }])
  expect(people).toEqual([{ id: 1, city: null, boss: null }])
})

test('a row that others refer to is not deleted', async () => {
  const { store, folder } = await imported('id,city\n1,M\n')
  const path = written(folder, 'code\nm\nB\n')
  const wanted = specify({ path, table: 'city', key: ['code'], operation: 'delete' })
  const { last, batches } = await run(store, wanted)
  expect(batches.flatMap((batch) => batch.rejects)).toMatchObject([{ record: 1, code: 'TLY-3012' }])
  expect(last.counters).toMatchObject({ deleted: 1, rejects: 1 })
})
