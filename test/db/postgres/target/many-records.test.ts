import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Trx } from '../../../../src/db/store.ts'
import type { RecordOutcome } from '../../../../src/domain/records/record.ts'
import { RetryBatch } from '../../../../src/domain/words/errors.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'
import type { SomeOfImport } from '../../../support/pipeline/an-import.ts'

const RECORDS = 24_000
const CHUNK = 200
const PLAIN = {
  emptyOverwrites: false,
  onlyIfEmpty: false,
  onlyOnInsert: false,
  onError: 'reject',
} as const

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

const REFUSING = `create table t (id int primary key, n int check (n >= 0), u int);
  create unique index on t (u) where u > 0`
/** One breaks the rule, one has a key that is there, and one what only its try shows. */
const valuesOf = (record: number) => ({
  id: record % 150 === 0 ? record - 7 : record,
  n: record % 100 === 0 ? -1 : record,
  u: record % 3_500 === 11 ? 1 : 0,
})

/** What the table has after so many such records, and which were refused, by the rules alone. */
function expected(records: number) {
  const kept = new Map<number, object>()
  const refused: number[] = []
  let isTaken = false
  for (let record = 1; record <= records; record++) {
    const { id, n, u } = valuesOf(record)
    if (n < 0 || kept.has(id) || (u === 1 && isTaken)) refused.push(record)
    else kept.set(id, { id, n, u })
    isTaken ||= u === 1 && n >= 0
  }
  return { rows: [...kept.values()], refused }
}

test('what is refused is found among many records, also what only the try of a chunk shows', async () => {
  const line = (record: number) => Object.values(valuesOf(record)).join(',')
  const { rejected, rows, counters } = await imported(REFUSING, line, { operation: 'insert' })
  const { rows: kept, refused } = expected(RECORDS)
  expect(rejected).toEqual(refused)
  expect(rows).toEqual(kept)
  expect(counters).toMatchObject({ inserted: kept.length, rejects: refused.length })
})

test('a chunk whose try fails while the next is looked at leaves nothing behind', async () => {
  const { store } = await freshStore(REFUSING)
  const fields = ['id', 'n', 'u']
  const table = await store.tables.describe(store.db, 't')
  if (table === undefined) throw new Error('there is no table')
  const way = { operation: 'insert', doubles: 'update', duplicates: 'update' } as const
  const options = fields.map(() => PLAIN)
  const target = store.openTarget({
    jobId: 1,
    table,
    fields,
    options,
    key: [],
    secondKey: [],
    ...way,
  })
  const chunkFrom = (first: number) =>
    Array.from({ length: CHUNK }, (_, at) => ({
      record: first + at,
      values: Object.values(valuesOf(first + at)),
      source: { line: first + at, offset: 0, raw: '', attempt: 'first' as const },
    }))
  const records = 100 * CHUNK
  /** Each chunk is given while the one before is under way, as an import gives them. */
  const writeAll = async (trx: Trx) => {
    const outcomes: RecordOutcome[] = []
    let before: Promise<RecordOutcome[]> = Promise.resolve([])
    for (let first = 1; first <= records; first += CHUNK) {
      const under = target.apply(trx, chunkFrom(first))
      outcomes.push(...(await before))
      before = under
    }
    outcomes.push(...(await before))
    await target.settle()
    return outcomes
  }
  const isRetry = (error: unknown) => error instanceof RetryBatch
  const tried = async (): Promise<RecordOutcome[]> =>
    await store.db
      .transaction()
      .execute(writeAll)
      .catch(async (error: unknown) => {
        if (!isRetry(error)) throw error
        await target.giveUp()
        return await tried()
      })
  const outcomes = await tried()
  const { rows: kept, refused } = expected(records)
  expect(outcomes.flatMap(({ kind }, at) => (kind === 'inserted' ? [] : [at + 1]))).toEqual(refused)
  const { rows } = await sql`select id, n, u from t order by id`.execute(store.db)
  expect(rows).toEqual(kept)
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
  const counts = { inserted: 0, updated: 0, unchanged: 0 }
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
    counts[before === undefined ? 'inserted' : isSame ? 'unchanged' : 'updated']++
    kept.set(id, row)
  }
  expect(rejected).toEqual(refused)
  expect(counters).toMatchObject({ ...counts, rejects: refused.length })
  expect(rows).toEqual([...kept.values()].toSorted((one, other) => one.id - other.id))
})
