import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { ImportSpecification } from '../../src/domain/specification/specification.ts'
import { messageText } from '../../src/i18n/catalogue.ts'
import { byDatabase } from '../support/databases.ts'
import { freshStore, people, run, specify, written } from '../support/pipeline/an-import.ts'

const PERSON = 'create table person (id integer primary key, email text unique, name text)'
const DELETION: Partial<ImportSpecification> = { key: ['id'], operation: 'delete' }
const DEFERRED = 'references person (id) deferrable initially deferred'

/** For each person, a home in the city that is called so. */
const HOMES = byDatabase({
  SQLite: 'create trigger t after insert on person begin insert into home values (new.name); end',
  PostgreSQL: `create function settle() returns trigger language plpgsql as
    'begin insert into home values (new.name); return null; end';
    create trigger t after insert on person for each row execute function settle()`,
})

async function imported(rules: string[], text: string, given: Partial<ImportSpecification> = {}) {
  const { store, folder } = await freshStore(PERSON)
  for (const rule of rules) await sql.raw(rule).execute(store.db)
  const path = written(folder, text)
  const { last, batches } = await run(store, specify({ path, ...given }))
  const rejects = batches.flatMap((batch) => batch.rejects)
  return {
    counters: last.counters,
    rejects: rejects.map(({ record, code }) => [record, code]),
    told: rejects.map((reject) => [reject.field, messageText('en', reject)]),
    people: await people(store),
  }
}

test('an update that takes from a deferred foreign key what it refers to is rejected alone', async () => {
  const rules = [
    `insert into person values (1, 'a@x', 'A'), (2, 'b@x', 'B')`,
    `create table letter (person integer ${DEFERRED})`,
    'insert into letter values (1)',
  ]
  const text = 'id,email,name\n1,a@x,AA\n5,a@x,C\n6,b@x,D\n7,c@x,E\n'
  const { rejects, told, people, counters } = await imported(rules, text, { key: ['email'] })
  expect(rejects).toEqual([[2, 'TLY-3012']])
  const by = byDatabase({ SQLite: '', PostgreSQL: ' (letter.letter_person_fkey)' })
  const refer = 'Other rows of the database refer to the row of this record'
  expect(told).toEqual([['id', `${refer}${by}; change or delete them first.`]])
  expect(people).toEqual([
    { id: 1, email: 'a@x', name: 'AA' },
    { id: 6, email: 'b@x', name: 'D' },
    { id: 7, email: 'c@x', name: 'E' },
  ])
  expect(counters).toMatchObject({ processed: 4, updated: 2, inserted: 1, rejects: 1 })
})

test('an update that takes from a foreign key what it restricts is rejected alone', async () => {
  const rules = [
    `insert into person values (1, 'a@x', 'A'), (2, 'b@x', 'B')`,
    'create table letter (person integer references person (id) on update restrict)',
    'insert into letter values (1)',
  ]
  const { rejects, people } = await imported(rules, 'id,email\n5,a@x\n6,b@x\n', { key: ['email'] })
  expect(rejects).toEqual([[1, 'TLY-3012']])
  expect(people).toMatchObject([{ id: 1 }, { id: 6 }])
})

test.each([false, true])(
  'records whose triggers break a deferred foreign key are rejected, and no others (dry run: %s)',
  async (dryRun) => {
    const rules = [
      'create table city (code text primary key)',
      `insert into city values ('M')`,
      'create table home (city text references city deferrable initially deferred)',
      HOMES,
    ]
    const lines = Array.from(
      { length: 300 },
      (_, at) => `${at + 1},${at % 100 === 7 ? 'X' : 'M'}\n`,
    )
    const text = `id,name\n${lines.join('')}`
    const { rejects, people, counters } = await imported(rules, text, { key: ['id'], dryRun })
    expect(rejects).toEqual([8, 108, 208].map((record) => [record, 'TLY-3005']))
    expect(counters).toMatchObject({ processed: 300, inserted: 297, rejects: 3 })
    expect(people).toHaveLength(dryRun ? 0 : 297)
  },
)

test('a limit within records that are written one by one is kept to', async () => {
  const rules = [
    'create table city (code text primary key)',
    'create table home (city text references city deferrable initially deferred)',
    HOMES,
    `insert into city values ('A'), ('B'), ('C')`,
  ]
  const text = 'id,name\n1,A\n2,X\n3,B\n4,X\n5,C\n'
  const failed = imported(rules, text, { key: ['id'], maxRejects: 2 })
  await expect(failed).rejects.toMatchObject({ reason: 'too_many_rejects' })
})

test('a row whose deletion leaves a reference to a default that is not there stays', async () => {
  const rules = [
    `insert into person values (1, 'a@x', 'A'), (2, 'b@x', 'B')`,
    `create table letter (person integer default 9 references person (id)
       on delete set default deferrable initially deferred)`,
    'insert into letter values (1)',
  ]
  const { rejects, people, counters } = await imported(rules, 'id\n1\n2\n', DELETION)
  expect(rejects).toEqual([[1, 'TLY-3012']])
  expect(people).toMatchObject([{ id: 1 }])
  expect(counters).toMatchObject({ deleted: 1, rejects: 1 })
})

test.each(['', 'on delete restrict', 'deferrable initially deferred'])(
  'a row that others refer to is not deleted, and the reject says why (%s)',
  async (clause) => {
    const rules = [
      `insert into person values (1, 'a@x', 'A'), (2, 'b@x', 'B')`,
      `create table letter (person integer references person (id) ${clause})`,
      'insert into letter values (1)',
    ]
    const { rejects } = await imported(rules, 'id\n1\n2\n', DELETION)
    expect(rejects).toEqual([[1, 'TLY-3012']])
  },
)

test.each(['', 'on delete restrict', 'deferrable initially deferred'])(
  'rows that refer to one another are deleted in whatever order the file has them (%s)',
  async (clause) => {
    const rules = [
      `alter table person add column boss integer references person (id) ${clause}`,
      `insert into person (id, boss) values (1, null), (2, 1), (3, 2)`,
    ]
    const { counters, people } = await imported(rules, 'id,boss\n1,\n2,1\n3,2\n', DELETION)
    expect(counters).toMatchObject({ deleted: 3 })
    expect(people).toEqual([])
  },
)
