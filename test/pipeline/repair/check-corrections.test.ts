import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { requireRepairable } from '../../../src/engine/repair/require-repairable.ts'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { openCheck } from '../../../src/pipeline/repair/check-corrections.ts'
import type { Store } from '../../../src/db/store.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { all } from '../../support/all.ts'
import { byDatabase, databases } from '../../support/databases.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

async function check(
  store: Store,
  id: number,
  corrected: Record<number, string>,
  options?: { cells: number },
) {
  const { specification, checkpoint } = requireRepairable(await requireJob(store.db, id))
  const opened = await openCheck(store, { specification, memo: checkpoint.memo })
  return await opened.check(
    Object.entries(corrected).map(([record, text]) => ({
      record: Number(record),
      line: Number(record) + 1,
      offset: 0,
      raw: Buffer.from(text),
    })),
    options,
  )
}

async function checked(store: Store, id: number, corrected: Record<number, string>) {
  const { faults } = await check(store, id, corrected)
  const found = [...faults].toSorted(([a], [b]) => a - b)
  return found.map(([record, misfit]) => [record, misfit === 'no_record' ? misfit : misfit.code])
}

describe.each(databases)('the check of corrected records on %s', (_name, open) => {
  test('finds what the import finds, and leaves nothing behind', async () => {
    const { store, db } = await open()
    const id = await aFaultyImport(store)
    const corrected = {
      2: '2,Bo,20',
      3: '3,,40',
      4: '4,Dora,-4',
      5: '5,Eva,x',
      6: '6,"Fe',
      7: '7,Gil,1,2',
      8: '8,Hal\n9,Ida,3',
    }
    const found = [
      [3, 'TLY-3002'],
      [4, 'TLY-3003'],
      [5, 'TLY-3001'],
      [6, 'TLY-2004'],
      [7, 'TLY-2003'],
      [8, 'no_record'],
    ]
    const misfits = await checked(store, id, corrected)
    expect(misfits).toEqual(found)
    const { rows } = await sql`select id from person`.execute(db)
    expect(rows).toEqual([{ id: 1 }])
    expect(await db.selectFrom('tallyman_key').selectAll().execute()).toEqual([])

    const { 6: _6, 7: _7, 8: _8, ...rejected } = corrected
    const { job } = await repair(db, id, rejected)
    await runWaiting(store)
    const told = (await all(iterateRejects(db, job.id))).map(({ record, code }) => [record, code])
    expect(told).toEqual(found.slice(0, 3))
  })

  test('finds all of very many that do not fit', async () => {
    const { store } = await open()
    const id = await aFaultyImport(store, { maxRejects: 1 })
    const many = Object.fromEntries(
      Array.from({ length: 1_200 }, (_, at) => [at + 1, `${at + 10},Al,${at % 600 ? 'x' : at}`]),
    )
    expect(await checked(store, id, many)).toHaveLength(1_198)
  })

  test('goes on behind a field that stops the job, and takes records in any order of references', async () => {
    const { store, db } = await open()
    const fields = { age: fieldOptions.parse({ onError: 'stop' }) }
    const id = await aFaultyImport(store, { fields })
    expect(await checked(store, id, { 2: '2,Bo,x', 3: '3,Carla,y', 4: '4,Dora,4' })).toEqual([
      [2, 'TLY-3001'],
      [3, 'TLY-3001'],
    ])
    await sql`alter table person add column boss integer references person`.execute(db)
    const header = 'id,name,age,boss\n'
    const tree = await aFaultyImport(store, {}, `${header}11,Al,x,12\n12,Bea,y,13\n13,Cy,z,99\n`)
    const good = { 1: '11,Al,1,12', 2: '12,Bea,2,13', 3: '13,Cy,3,1' }
    expect(await checked(store, tree, good)).toEqual([])
    expect(await checked(store, tree, { ...good, 3: '13,Cy,3,99' })).toEqual([
      [1, 'TLY-3005'],
      [2, 'TLY-3005'],
      [3, 'TLY-3005'],
    ])
  })

  test('tells which records write over a row that is there, and how', async () => {
    const { store, db } = await open()
    const text = 'id,name,age\n7,Ana,many\n8,Bo,x\n7,Bea,31\n9,Cy,4\n'
    const id = await aFaultyImport(store, {}, text)
    const corrected = { 1: '7,Ana,30', 2: '8,Bo,1' }
    const { faults, changes } = await check(store, id, corrected, { cells: 1 })
    expect(faults.size).toBe(0)
    expect([...changes]).toEqual([
      [
        1,
        {
          kind: 'updated',
          cells: [
            { field: 'name', before: 'Bea', after: 'Ana' },
            { field: 'age', before: '31', after: '30' },
          ],
        },
      ],
    ])
    const { rows } = await sql`select id, name, age from person order by id`.execute(db)
    expect(rows).toEqual([
      { id: 7, name: 'Bea', age: 31 },
      { id: 9, name: 'Cy', age: 4 },
    ])
  })

  test.each([
    {
      by: 'the second key, whatever was made before',
      asked: { key: ['id'], secondKey: ['name'] },
      corrected: { 1: ',Zoe,1', 2: ',Bea,30' },
      changing: [2],
    },
    {
      by: 'a line that stands in the file twice',
      asked: { key: ['id'] },
      corrected: { 1: '7,Bea,30', 2: '7,Bea,30' },
      changing: [1, 2],
    },
    {
      by: 'the second of two lines that is a double alone beside the first',
      asked: { key: ['id'], doubles: 'ignore' as const },
      corrected: { 1: '7,Bea,30', 2: '7,Bea,40' },
      changing: [1, 2],
    },
    {
      by: 'one of two keys of the same row',
      asked: { key: ['id'], secondKey: ['name'] },
      corrected: { 1: '7,Bea,30', 2: ',Bea,30' },
      changing: [1, 2],
    },
    {
      by: 'a key of which a line deletes the row',
      asked: { key: ['id'], operation: 'delete' as const },
      corrected: { 1: '7,Bea,30', 2: '7,Bea,30' },
      changing: [1, 2],
    },
    {
      by: 'a double of a line that is rejected',
      asked: { key: ['id'], doubles: 'ignore' as const },
      corrected: { 1: '7,Bea,-1', 2: '7,Bea,30' },
      changing: [2],
      faulty: [1],
    },
    {
      by: 'no key, as a double of a line that is rejected',
      asked: { key: ['id'], doubles: 'ignore' as const },
      corrected: { 1: '8,Bo,-1', 2: '8,Bo,30' },
      changing: [],
      faulty: [1],
    },
  ])('tells a row that is there and found by $by', async (given) => {
    const { asked, corrected, changing, faulty = [] } = given
    const { store, db } = await open()
    const key = byDatabase({
      SQLite: 'integer primary key',
      PostgreSQL: 'integer primary key generated by default as identity (start with 100)',
    })
    await sql
      .raw(`create table person (id ${key}, name text not null, age integer check (age >= 0))`)
      .execute(db)
    const id = await aFaultyImport(store, asked, 'id,name,age\nx,,\ny,,\n')
    await sql`insert into person (id, name, age) values (7, 'Bea', 31)`.execute(db)
    const { faults, changes } = await check(store, id, corrected, { cells: 1 })
    expect([...faults.keys()]).toEqual(faulty)
    expect([...changes.keys()]).toEqual(changing)
    const [first] = changes.values()
    const isTold = asked.operation === undefined && faulty.length === 0
    const cells = first?.cells.map(({ field, before, after }) => [field, before, after]) ?? []
    expect(cells).toEqual(isTold ? [['age', '31', '30']] : [])
  })

  test('tells of records that fit what is not written of them', async () => {
    const { store, db } = await open()
    await sql`create table person
      (id integer primary key, name text not null, age integer check (age >= 0))`.execute(db)
    const text = 'id,name,age\nx,,\ny,,\nz,,\nw,,\n'
    const fields = { age: fieldOptions.parse({ onError: 'warn' }) }
    const id = await aFaultyImport(store, { operation: 'update', fields }, text)
    await sql`insert into person (id, name, age) values (7, 'Bea', 31), (8, 'Bo', 5)`.execute(db)
    const corrected = { 1: '7,Eva,many', 2: '98,Eva,1', 3: '8,Bo,5', 4: '8,Cy,1' }
    const { faults, changes, warnings, idle } = await check(store, id, corrected)
    expect([...faults.keys()]).toEqual([])
    expect([...changes.keys()]).toEqual([1, 4])
    expect([...idle]).toEqual([2])
    expect([...warnings].map(([record, { code, field }]) => [record, code, field])).toEqual([
      [1, 'TLY-3001', 'age'],
    ])

    const statements = byDatabase({
      SQLite: [
        `create trigger kept before update on person when old.id = 7
         begin select raise(ignore); end`,
      ],
      PostgreSQL: [
        `create function kept() returns trigger language plpgsql as
         $$ begin if old.id = 7 then return null; end if; return new; end $$`,
        `create trigger kept before update on person for each row execute function kept()`,
      ],
    })
    for (const statement of statements) await sql.raw(statement).execute(db)
    const swallowed = await check(store, id, { 1: '7,Eva,1' })
    expect([...swallowed.idle]).toEqual([1])
    expect(swallowed.warnings.get(1)?.code).toBe('TLY-3013')

    const ignoring = await aFaultyImport(store, { duplicates: 'ignore' }, text)
    expect([...(await check(store, ignoring, { 1: '7,Eva,1', 2: '9,Eva,1' })).idle]).toEqual([1])
  })
})
