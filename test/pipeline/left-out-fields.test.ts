import { expect, test } from 'vitest'
import { freshStore, people, run, specify, written } from '../support/pipeline/an-import.ts'

const ON_ERROR = {
  emptyOverwrites: false,
  onlyIfEmpty: false,
  onlyOnInsert: false,
  onError: 'warn',
} as const

test('a field that can neither go in nor be left out is rejected for what is wrong with it', async () => {
  const { store, folder } = await freshStore(
    'create table person (id integer primary key, age integer not null check (age > 0))',
  )
  const path = written(folder, 'id,age\n1,7\n2,-1\n3,\n')
  const { batches } = await run(store, specify({ path, fields: { age: ON_ERROR } }))
  const rejects = batches.flatMap((batch) => batch.rejects)
  expect(rejects.map(({ record, field, code }) => [record, field, code])).toEqual([
    [2, 'age', 'TLY-3003'],
    [3, 'age', 'TLY-3002'],
  ])
  expect(await people(store)).toEqual([{ id: 1, age: 7 }])
})
