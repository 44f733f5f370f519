import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { ImportSpecification } from '../../src/domain/specification/specification.ts'
import { freshStore, run, specify, written } from '../support/pipeline/an-import.ts'

const TABLE = `create table t (
  id integer primary key, name text not null, age integer, born date, city text not null default '-')`

async function faults(lines: string[], given: Partial<ImportSpecification>) {
  const { store, folder } = await freshStore(TABLE)
  await sql`insert into t (id, name) values (1, 'Ann')`.execute(store.db)
  const path = written(folder, `id,name,age,born,city\n${lines.join('\n')}\n`)
  const specification = specify({ path, table: 't', stopIfAllRejected: false, ...given })
  const { last, batches } = await run(store, specification)
  const told = batches
    .flatMap((batch) => batch.rejects)
    .map(({ record, field, code }) => [record, field, code])
  return { told, counters: last.counters }
}

test('all that is wrong with a record is told: values that do not fit, and fields that are empty', async () => {
  const { told, counters } = await faults(['2,,old,then,Rome'], { key: ['id'] })
  expect(told).toEqual([
    [1, 'age', 'TLY-3001'],
    [1, 'born', 'TLY-3001'],
    [1, 'name', 'TLY-3002'],
  ])
  expect(counters).toMatchObject({ processed: 1, rejects: 1, errors: 3 })
})

test('a field that keeps what the database has is not missing', async () => {
  const { told } = await faults(['1,,old,,'], { key: ['id'] })
  expect(told).toEqual([[1, 'age', 'TLY-3001']])
})

test('a row that an earlier record of the file brought is there', async () => {
  const lines = ['2,Bob,1,,', '2,,old,,', '3,,old,,', '3,Cy,1,,']
  const { told } = await faults(lines, { key: ['id'] })
  expect(told).toEqual([
    [2, 'age', 'TLY-3001'],
    [3, 'age', 'TLY-3001'],
    [3, 'name', 'TLY-3002'],
  ])
})

test('a key that is empty is told beside a value that does not fit', async () => {
  const { told } = await faults([',Bob,old,,'], { key: ['id'] })
  expect(told).toEqual([
    [1, 'age', 'TLY-3001'],
    [1, 'id', 'TLY-3006'],
  ])
})

test('of a key that does not fit nothing more is known', async () => {
  const { told } = await faults(['two,,1,,'], { key: ['id'] })
  expect(told).toEqual([[1, 'id', 'TLY-3001']])
})

test('good records between bad ones go in, whatever the rest says', async () => {
  const lines = Array.from(
    { length: 300 },
    (_, at) => `${at + 10},Bob,${at % 7 === 0 ? 'old' : 7},,`,
  )
  const { counters } = await faults(lines, { operation: 'insert' })
  expect(counters).toMatchObject({ processed: 300, inserted: 257, rejects: 43, errors: 43 })
})
