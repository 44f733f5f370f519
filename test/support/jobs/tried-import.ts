import { sql } from 'kysely'
import type { Store, Trx, Target } from '../../../src/db/store.ts'
import type { Row } from '../../../src/domain/records/record.ts'
import type { TableInfo } from '../../../src/domain/records/table.ts'
import type { RandomRecord, RandomTable } from '../pipeline/random-tables.ts'

/** An import that is tried in a transaction, of which nothing is left. */
export type Tried = {
  trx: Trx
  target: Target
  table: TableInfo
  rows: Row[]
}

class Undone extends Error {
  override name = 'Undone'
}

/** Makes the table, does something with it, and undoes it all. @returns what was made of it */
export async function tried<Made>(
  store: Store,
  random: RandomTable,
  make: (tried: Tried) => Promise<Made>,
): Promise<Made> {
  const made: Made[] = []
  await sql
    .raw(`pragma recursive_triggers = ${random.isRecursive ? 'on' : 'off'}`)
    .execute(store.db)
  await store.db
    .transaction()
    .execute(async (trx) => {
      made.push(await make(await prepared(store, trx, random)))
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  const [first] = made
  if (first === undefined) throw new Error('nothing was made')
  return first
}

async function prepared(store: Store, trx: Trx, random: RandomTable): Promise<Tried> {
  const { schema, plan, fields, options } = random
  const [create = '', log = '', ...more] = schema
  await sql.raw(create).execute(trx)
  await sql.raw(log).execute(trx)
  for (const [id, a = null, b = null] of random.rows) {
    const given = random.isIdText ? String(id) : id
    await sql`insert or ignore into t (id, a, b) values (${given}, ${a}, ${b})`.execute(trx)
  }
  for (const [id, , , boss] of random.rows) {
    await sql`update or ignore t set boss = (select id from t where id = ${boss ?? null})
              where id = ${id}`.execute(trx)
  }
  for (const statement of more) {
    // The rows that are there may not be such that this index can be made.
    await sql.raw('savepoint one').execute(trx)
    await sql
      .raw(statement)
      .execute(trx)
      .catch(() => sql.raw('rollback to one').execute(trx))
    await sql.raw('release one').execute(trx)
  }
  const table = await store.tables.describe(store.db, 't')
  if (table === undefined) throw new Error('there is no table')
  const whole = { ...plan, jobId: 1, table, fields, options: fields.map(() => options) }
  const rows = random.records.map((record, at) => ({
    record: at + 1,
    values: valuesOf(record, random),
    source: { line: at + 2, offset: at, raw: '', attempt: 'first' as const },
  }))
  return { trx, target: store.openTarget(whole), table, rows }
}

function valuesOf([id, a, b, boss]: RandomRecord, { fields, isIdText, options }: RandomTable) {
  const reference = (value: number | undefined) =>
    value === undefined || !isIdText ? value : String(value)
  const empty = options.emptyOverwrites ? null : undefined
  const given = [reference(id), a, b, reference(boss)]
  return fields.map((_, at) => given[at] ?? (at < 4 ? empty : undefined))
}

/** All that is in a table of the transaction. */
export async function contentOf(trx: Trx, table: string): Promise<Record<string, unknown>[]> {
  const query = sql<Record<string, unknown>>`select * from ${sql.table(table)}`
  return (await query.execute(trx)).rows
}
