import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { byDatabase } from '../support/databases.ts'
import { freshStore, people, run, specify, written } from '../support/pipeline/an-import.ts'

const ID = byDatabase({
  SQLite: 'id integer primary key',
  PostgreSQL: 'id serial primary key',
})

async function imported(create: string, text: string, rules: string[] = []) {
  const { store, folder } = await freshStore(create)
  for (const rule of rules) await sql.raw(rule).execute(store.db)
  const specification = specify({ path: written(folder, text) })
  const { last, batches } = await run(store, specification)
  const rejects = batches.flatMap((batch) => batch.rejects).map(({ record }) => record)
  return { counters: last.counters, rejects, people: await people(store) }
}

test('records that refer to a key that the table computes go in, in whatever order they come', async () => {
  const { rejects, counters } = await imported(
    `create table person (${ID}, a text, b text, boss text references person (k),
       k text generated always as (a || '-' || cast(b as text)) stored unique)`,
    'a,b,boss\nx,3,x-2\nx,2,x-1\nx,1,\ny,1,y-9\ny,2,y-1\ny,3,y-3\n',
  )
  expect(rejects).toEqual([4, 5])
  expect(counters).toMatchObject({ processed: 6, inserted: 4, rejects: 2 })
})

test('so do those that refer to a key which a trigger makes', async () => {
  const { rejects, people } = await imported(
    'create table person (id integer primary key, code text unique, boss text references person (code))',
    'id,boss\n3,C2\n2,C1\n1,\n7,C8\n',
    [
      byDatabase({
        SQLite: `create trigger t after insert on person begin
          update person set code = 'C' || new.id where id = new.id; end`,
        PostgreSQL: `create function name_it() returns trigger language plpgsql as $$
          begin new.code := 'C' || new.id; return new; end $$;
          create trigger t before insert on person for each row execute function name_it()`,
      }),
    ],
  )
  expect(rejects).toEqual([4])
  expect(people).toHaveLength(3)
})

test('so do those that write a number as a text with zeros before it', async () => {
  const { rejects } = await imported(
    'create table person (id integer primary key, boss text references person (id))',
    'id,boss\n3,02\n2,01\n1,\n9,09\n8,010\n',
  )
  expect(rejects).toEqual([5])
})
