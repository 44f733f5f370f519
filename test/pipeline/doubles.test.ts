import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../support/pipeline/an-import.ts'

const OPTIONS = { emptyOverwrites: false, onlyIfEmpty: false, onlyOnInsert: false }

type Given = SomeOfImport

/** What a file comes to in a table `person` with the rows: its rejects and counters. */
async function imported(table: string, rows: string | null, text: string, given: Given) {
  const { store, folder } = await freshStore(`create table person ${table}`)
  if (rows !== null) await sql.raw(`insert into person values ${rows}`).execute(store.db)
  const { last, batches } = await run(store, specify({ path: written(folder, text), ...given }))
  const { counters } = last
  const rejects = batches.flatMap((batch) => batch.rejects)
  const people = (await sql`select * from person`.execute(store.db)).rows
  return { counters, people, rejects: rejects.map(({ record, code }) => `${record} ${code}`) }
}

test('keys that a column without regard to case calls equal are doubles', async () => {
  const { rejects, counters } = await imported(
    '(email text primary key collate nocase, name text)',
    null,
    'email,name\nANA@x,1\nana@X,2\nÉ,3\né,4\n',
    { key: ['email'], doubles: 'reject' },
  )
  expect(rejects).toEqual(['2 TLY-3007'])
  expect(counters).toMatchObject({ doubles: 1, inserted: 3 })
})

test('keys that differ in blanks at the end are doubles where the column ignores these', async () => {
  const text = 'email,name\na,1\n"a ",2\n'
  const given: Given = { key: ['email'], doubles: 'ignore' }
  const without = await imported('(email text collate rtrim, name text)', null, text, given)
  expect(without.counters).toMatchObject({ doubles: 1, ignored: 1, inserted: 1 })
  const binary = await imported('(email text, name text)', null, text, given)
  expect(binary.counters).toMatchObject({ doubles: 0, inserted: 2 })
})

test('of texts that a column makes one number of, one is told, or they are told to be doubles', async () => {
  const text = 'price\n1\n1.0\n2\n'
  const given: Given = { key: ['price'], doubles: 'ignore' }
  const told = await imported('(price money)', null, text, given)
  expect(told.rejects).toEqual(['2 TLY-3021'])
  expect(told.counters).toMatchObject({ doubles: 0, inserted: 2 })
  const fields = { price: { ...OPTIONS, onError: 'warn' as const } }
  const money = await imported('(price money)', null, text, { ...given, fields })
  expect(money.counters).toMatchObject({ doubles: 1, inserted: 2, warnings: 1 })
  const untyped = await imported('(price)', null, text, given)
  expect(untyped.counters).toMatchObject({ doubles: 0, inserted: 3 })
})

test('bytes are one key, in whatever digits they are written', async () => {
  const text = 'hash,name\nAB,1\nab,2\n'
  const given: Given = { key: ['hash'], doubles: 'ignore' }
  const { counters } = await imported('(hash blob, name text)', null, text, given)
  expect(counters).toMatchObject({ doubles: 1, inserted: 1 })
})

const TWO_KEYS = '(email text, code integer, name text)'
const BY_TWO = { key: ['email'], secondKey: ['code'] }

test.each([
  ['first and then by its second', 'email,code,name\na,,1\n,5,2\n'],
  ['second and then by its first', 'email,code,name\n,5,1\na,,2\n'],
])('a row of the table that is found by its %s key is a double', async (_, text) => {
  const given: Given = { ...BY_TWO, doubles: 'reject' }
  const { rejects, people } = await imported(TWO_KEYS, `('a', 5, 'x')`, text, given)
  expect(rejects).toEqual(['2 TLY-3007'])
  expect(people).toEqual([{ email: 'a', code: 5, name: '1' }])
})

test('a record that has both keys is known by its second as well', async () => {
  const text = 'email,code,name\na,5,1\n,5,2\n,6,3\n'
  const { rejects } = await imported(TWO_KEYS, null, text, { ...BY_TWO, doubles: 'reject' })
  expect(rejects).toEqual(['2 TLY-3007'])
})

test('a key that a row had before the file gave it another is no double', async () => {
  const text = 'email,code,name\na,6,1\n,5,2\n,6,3\n'
  const given: Given = { ...BY_TWO, doubles: 'reject' }
  const { rejects, counters } = await imported(TWO_KEYS, `('a', 5, 'x')`, text, given)
  expect(rejects).toEqual(['3 TLY-3007'])
  expect(counters).toMatchObject({ updated: 1, inserted: 1 })
})

test('a row of the very same file is no duplicate, by whichever key it comes again', async () => {
  const text = 'email,code,name\na,5,1\n,5,2\na,7,3\n,7,4\nb,,9\n'
  const given: Given = { ...BY_TWO, duplicates: 'reject' }
  const { rejects, people } = await imported(TWO_KEYS, `('b', 8, 'x')`, text, given)
  expect(rejects).toEqual(['5 TLY-3008'])
  expect(people).toEqual([
    { email: 'b', code: 8, name: 'x' },
    { email: 'a', code: 7, name: '4' },
  ])
})
