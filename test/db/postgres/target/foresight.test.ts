import { expect, test } from 'vitest'
import { onConnection } from '../../../../src/db/postgres/ground/connection.ts'
import { readShape } from '../../../../src/db/postgres/statements/shape.ts'
import { Foresight } from '../../../../src/db/postgres/target/foresight.ts'
import type { WritePlan } from '../../../../src/domain/records/record.ts'
import { freshStore } from '../../../support/pipeline/an-import.ts'

test('what rules refuse is foreseen, whatever the columns of the table are called', async () => {
  const fields = ['value', 'first', 'broken', 'tallyman_n0', 'n', 'v0']
  const { store } = await freshStore(`
    create table parent (v0 int primary key); insert into parent values (1);
    create table t (value int primary key check (value > 0), first int check (first > 0),
      broken int check (broken > 0), tallyman_n0 int, n int check (n > 0), v0 int references parent,
      unique (first, n))`)
  const table = await store.tables.describe(store.db, 't')
  if (table === undefined) throw new Error('there is no table')
  const plan: WritePlan = {
    jobId: 1,
    table,
    fields,
    options: [],
    key: [],
    secondKey: [],
    operation: 'insert',
    doubles: 'update',
    duplicates: 'update',
  }
  const records = [
    [1, 1, 1, 1, 1, 1],
    [-1, 2, 1, 1, 1, 1],
    [3, -1, 1, 1, 1, 1],
    [4, 4, -1, 1, 1, 1],
    [5, 5, 1, 1, -1, 1],
    [6, 6, 1, 1, 1, 9],
    [1, 7, 1, 1, 1, 1],
    [8, 1, 1, 1, 1, 1],
  ]
  const rows = records.map((values, at) => ({
    record: at + 1,
    values,
    source: { line: at + 2, offset: 0, raw: '', attempt: 'first' as const },
  }))
  const broken = await store.db.transaction().execute(async (trx) => {
    const shape = await readShape(trx, plan)
    return await onConnection(trx, (client) =>
      new Foresight().ofNew({ client, plan, shape }, rows, shape.fields),
    )
  })
  expect([...broken].map(([{ record }, { rule }]) => [record, rule.kind, rule.columns])).toEqual([
    [2, 'check', ['value']],
    [3, 'check', ['first']],
    [4, 'check', ['broken']],
    [5, 'check', ['n']],
    [6, 'reference', ['v0']],
    [7, 'unique', ['value']],
    [8, 'unique', ['first', 'n']],
  ])
})
