import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'
import type { SomeOfImport } from '../../../support/pipeline/an-import.ts'

const RECORDS = 24_000

/** The rejected records, the counters and the rows after a file of so many records. */
async function imported(schema: string, line: (record: number) => string, given: SomeOfImport) {
  const { store, folder } = await freshStore(schema)
  const [header, ...lines] = ['id,n,u', ...Array.from({ length: RECORDS }, (_, at) => line(at + 1))]
  const path = written(folder, `${[header, ...lines].join('\n')}\n`)
  const { batches, last } = await run(store, specify({ path, table: 't', ...given }))
  const rejects = batches.flatMap((batch) => batch.rejects)
  const { rows } = await sql<{ id: number; n: number; u: number }>`
    select id, n, u from t order by id`.execute(store.db)
  return { counters: last.counters, rejected: rejects.map(({ record }) => record), rows }
}

test('what is refused is found among many records, also what only the try of a chunk shows', async () => {
  const schema = `create table t (id int primary key, n int check (n >= 0), u int);
    create unique index on t (u) where u > 0`
  const valuesOf = (record: number) => ({
    id: record % 150 === 0 ? record - 7 : record,
    n: record % 100 === 0 ? -1 : record,
    u: record % 3_500 === 0 ? 1 : 0,
  })
  const line = (record: number) => Object.values(valuesOf(record)).join(',')
  const { rejected, rows, counters } = await imported(schema, line, { operation: 'insert' })
  const kept = new Map<number, object>()
  const refused: number[] = []
  let isTaken = false
  for (let record = 1; record <= RECORDS; record++) {
    const { id, n, u } = valuesOf(record)
    if (n < 0 || kept.has(id) || (u === 1 && isTaken)) refused.push(record)
    else kept.set(id, { id, n, u })
    isTaken ||= u === 1 && n >= 0
  }
  expect(rejected).toEqual(refused)
  expect(rows).toEqual([...kept.values()])
  expect(counters).toMatchObject({ inserted: kept.size, rejects: refused.length })
})

test('of many records with keys each has its outcome, whatever is wrong with others', async () => {
  const schema = `create table t (id int primary key, n numeric(7,1) check (n >= 0), u int);
    insert into t select g, g, 0 from generate_series(1, ${RECORDS / 2}) as g`
  // Too large, against the rule, no number, and a key that came before.
  const nOf = (record: number) =>
    record % 97 === 0 ? '1234567.5' : record % 89 === 0 ? '-1' : record % 101 === 0 ? 'x' : record
  const idOf = (record: number) => (record % 500 === 0 ? record - 1_300 : record)
  const line = (record: number) => `${idOf(record)},${nOf(record)},${record % 3 === 0 ? record : 0}`
  const { rejected, rows, counters } = await imported(schema, line, { key: ['id'] })
  const kept = new Map(
    Array.from({ length: RECORDS / 2 }, (_, at) => [
      at + 1,
      { id: at + 1, n: `${at + 1}.0`, u: 0 },
    ]),
  )
  const expected = { inserted: 0, updated: 0, unchanged: 0 }
  const refused: number[] = []
  for (let record = 1; record <= RECORDS; record++) {
    const [id, n] = [idOf(record), nOf(record)]
    if (typeof n === 'string') {
      refused.push(record)
      continue
    }
    const row = { id, n: `${n}.0`, u: record % 3 === 0 ? record : 0 }
    const before = kept.get(id)
    const isSame = before !== undefined && before.n === row.n && before.u === row.u
    expected[before === undefined ? 'inserted' : isSame ? 'unchanged' : 'updated']++
    kept.set(id, row)
  }
  expect(rejected).toEqual(refused)
  expect(counters).toMatchObject({ ...expected, rejects: refused.length })
  expect(rows).toEqual([...kept.values()].toSorted((one, other) => one.id - other.id))
})
