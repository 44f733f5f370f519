import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { UnusableError } from '../../src/domain/errors.ts'
import { freshStore, people, run, specify, written } from '../support/an-import.ts'

const RECORDS = Array.from({ length: 30 }, (_, at) => (at === 20 ? '20,' : `${at},n`))

test.each([
  ['a NOT NULL that rolls back', 'name text not null on conflict rollback', ''],
  [
    'a trigger that rolls back',
    'name text',
    `create trigger no_empty before insert on person when new.name is null
     begin select raise(rollback, 'no name'); end`,
  ],
])('%s undoes the whole batch, so that nothing of it may be written', async (_what, name, more) => {
  const { store, folder } = await freshStore(
    `create table person (id integer primary key, ${name}, note text)`,
  )
  if (more !== '') await sql.raw(more).execute(store.db)
  const path = written(folder, `id,name\n${RECORDS.join('\n')}\n`)
  const running = run(store, specify({ path, key: ['id'] }))
  const error: unknown = await running.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UnusableError)
  expect(error).toMatchObject({ problem: { problem: 'table_rolls_back', table: 'person' } })
  expect(await people(store)).toEqual([])
})
