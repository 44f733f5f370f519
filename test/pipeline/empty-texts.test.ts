import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { byDatabase } from '../support/databases.ts'
import { freshStore, people, run, specify, written } from '../support/pipeline/an-import.ts'
import { recordsOf } from '../support/pipeline/delimited.ts'

const TABLE = `create table person (
  id integer primary key,
  name text not null,
  note text default 'none',
  free ${byDatabase({ SQLite: '', PostgreSQL: 'varchar' })},
  age integer
)`

describe('two quotes and nothing between them', () => {
  test('are told from nothing at all, wherever the window ends', async () => {
    for (const windowBytes of [1, 2, 5, 1000]) {
      const records = await recordsOf('"",,""\n,"a",\n"""",""\n', { windowBytes })
      expect(records.map(({ fields, emptyTexts }) => [fields, [...(emptyTexts ?? [])]])).toEqual([
        [
          ['', '', ''],
          [0, 2],
        ],
        [['', 'a', ''], []],
        [['"', ''], [1]],
      ])
    }
  })

  test('are an empty text for a column of texts and for one of any type, and nothing for others', async () => {
    const { store, folder } = await freshStore(TABLE)
    const path = written(folder, 'id,name,note,free,age\n1,"","","",""\n2,x,,,\n')
    const { last } = await run(store, specify({ path, key: ['id'] }))
    expect(last.counters).toMatchObject({ inserted: 2, rejects: 0 })
    expect(await people(store)).toEqual([
      { id: 1, name: '', note: '', free: '', age: null },
      { id: 2, name: 'x', note: 'none', free: null, age: null },
    ])
  })

  test('empty a text that is there, which nothing leaves alone', async () => {
    const { store, folder } = await freshStore(TABLE)
    await sql`insert into person values (1, 'a', 'b', 'c', 1), (2, 'a', 'b', 'c', 2)`.execute(
      store.db,
    )
    const path = written(folder, 'id,name,note,free,age\n1,"","","",""\n2,,,,\n')
    const { last } = await run(store, specify({ path, key: ['id'] }))
    expect(last.counters).toMatchObject({ updated: 1, unchanged: 1 })
    expect(await people(store)).toEqual([
      { id: 1, name: '', note: '', free: '', age: 1 },
      { id: 2, name: 'a', note: 'b', free: 'c', age: 2 },
    ])
  })

  test('are no key', async () => {
    const { store, folder } = await freshStore('create table person (id text, name text)')
    const path = written(folder, 'id,name\n"",a\n"",b\n')
    const { last } = await run(store, specify({ path, key: ['id'] }))
    expect(last.counters).toMatchObject({ inserted: 0, rejects: 2 })
  })
})
