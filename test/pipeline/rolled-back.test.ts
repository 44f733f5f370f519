import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { UnusableError } from '../../src/domain/words/errors.ts'
import { freshStore, people, run, specify, written } from '../support/pipeline/an-import.ts'

const RECORDS = Array.from({ length: 30 }, (_, at) => (at === 20 ? '20,' : `${at},n`))

test('a trigger that rolls back undoes the whole batch, so that nothing of it may be written', async () => {
  const { store, folder } = await freshStore(
    'create table person (id integer primary key, name text, note text)',
  )
  await sql
    .raw(
      `create trigger no_empty before insert on person when new.name is null
       begin select raise(rollback, 'no name'); end`,
    )
    .execute(store.db)
  const path = written(folder, `id,name\n${RECORDS.join('\n')}\n`)
  const running = run(store, specify({ path, key: ['id'] }))
  const error: unknown = await running.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UnusableError)
  expect(error).toMatchObject({ problem: { problem: 'table_rolls_back', table: 'person' } })
  expect(await people(store)).toEqual([])
})
