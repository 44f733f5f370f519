import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { freshStore, people, run, specify, written } from '../support/pipeline/an-import.ts'

const PRICED = `create table person (
  id integer primary key,
  price int,
  qty int,
  total int generated always as (price * qty) stored,
  note text
)`

const REJECT_NAMES =
  'reject_line,reject_record,reject_connector,reject_field,reject_code,reject_message'

describe('columns that the table computes itself', () => {
  test.each([
    ['with a header', true, 'id,price,qty,total,note\n1,2,3,6,hello\n'],
    ['without one, in a file as wide as the table', false, '1,2,3,6,hello\n'],
    ['without one, in a file that leaves them out', false, '1,2,3,hello\n'],
  ])('are not taken from a file %s', async (_name, header, text) => {
    const { store, folder } = await freshStore(PRICED)
    const path = written(folder, text)
    const { batches } = await run(store, specify({ path, operation: 'insert', header }))
    expect(await people(store)).toEqual([{ id: 1, price: 2, qty: 3, total: 6, note: 'hello' }])
    const told = batches.flatMap(({ journal }) => journal)
    const computed = told.filter(({ code }) => code === 'TLY-1032')
    const name = header ? 'total' : '4'
    expect(computed).toEqual(
      text.includes(',6,') ? [{ code: 'TLY-1032', params: { columns: name } }] : [],
    )
    expect(told.find(({ code }) => code === 'TLY-1013')?.params['left_out']).toBe('–')
  })

  test('are no field that a column can be mapped to', async () => {
    const { store, folder } = await freshStore(PRICED)
    const path = written(folder, 'id,sum\n1,2\n')
    await expect(run(store, specify({ path, map: { sum: 'total' } }))).rejects.toMatchObject({
      params: { problem: 'computed_field', field: 'total' },
    })
  })

  test('are no key by which rows are found', async () => {
    const { store, folder } = await freshStore(PRICED)
    const path = written(folder, 'total\n6\n')
    for (const operation of ['update', 'delete'] as const) {
      const running = run(store, specify({ path, operation, key: ['total'] }))
      const params = { problem: 'computed_key', table: 'person', field: 'total' }
      await expect(running).rejects.toMatchObject({ params })
    }
  })
})

describe('the columns that an export of rejects added', () => {
  test('are left out of a file without a header, by what stands in them', async () => {
    const { store, folder } = await freshStore(
      'create table person (id int, name text, note text, q text)',
    )
    const path = written(folder, '2,Bob,2,2,database,id,TLY-3001,"The value ""x"" does not fit."\n')
    const { batches } = await run(store, specify({ path, operation: 'insert', header: false }))
    expect(await people(store)).toEqual([{ id: 2, name: 'Bob', note: null, q: null }])
    const journal = batches[0]?.journal ?? []
    expect(journal.map(({ code }) => code)).toContain('TLY-1033')
    expect(journal.find(({ code }) => code === 'TLY-1013')?.params).toEqual({
      mapped: 'id, name',
      left_out: REJECT_NAMES.replaceAll(',', ', '),
    })
  })

  test.each([
    ['1,2,text,,TLY-2001,m', false],
    [`${REJECT_NAMES}\n1,2,text,,TLY-2001,m`, true],
  ])('stay where the table has them itself: %s', async (text, header) => {
    const { store, folder } = await freshStore(
      `create table person (${REJECT_NAMES.replaceAll(',', ' text, ')} text)`,
    )
    const path = written(folder, `${text}\n`)
    await run(store, specify({ path, operation: 'insert', header }))
    const { rows } = await sql`select * from person`.execute(store.db)
    expect(rows).toMatchObject([{ reject_line: '1', reject_code: 'TLY-2001', reject_message: 'm' }])
  })

  test('are left out once where the table has them itself', async () => {
    const { store, folder } = await freshStore(
      `create table person (${REJECT_NAMES.replaceAll(',', ' text, ')} text)`,
    )
    const path = written(
      folder,
      `${REJECT_NAMES},${REJECT_NAMES}\n1,2,text,,TLY-2001,m,9,9,text,,TLY-2003,n\n`,
    )
    await run(store, specify({ path, operation: 'insert' }))
    const { rows } = await sql`select * from person`.execute(store.db)
    expect(rows).toMatchObject([{ reject_line: '1', reject_code: 'TLY-2001', reject_message: 'm' }])
  })
})

test('names that are blank, or have blanks around them, find their field', async () => {
  const { store, folder } = await freshStore('create table person ("" text, " a" text, "a_" text)')
  const path = written(folder, '"", a,a_\n1,2,3\n')
  await run(store, specify({ path, operation: 'insert' }))
  const { rows } = await sql`select * from person`.execute(store.db)
  expect(rows).toEqual([{ '': '1', ' a': '2', a_: '3' }])
})

test('a key finds the field of exactly its name before one that only folds to it', async () => {
  const { store, folder } = await freshStore('create table person (a_b text, ab text unique)')
  await sql`insert into person values ('x', 'k')`.execute(store.db)
  const path = written(folder, 'a_b,ab\ny,k\n')
  const { last } = await run(store, specify({ path, key: ['ab'] }))
  expect(last.counters).toMatchObject({ updated: 1 })
})
