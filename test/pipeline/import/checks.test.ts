import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CHECK_CODES } from '../../../src/domain/specification/fields/checks.ts'
import type { FilterOperator } from '../../../src/domain/specification/record-filter.ts'
import { balances } from '../../../src/domain/jobs/counters.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const CITY = 'create table city (id integer primary key, name text)'
const PERSON = 'create table person (id integer primary key, age integer, city integer, note text)'

async function imported(text: string, given: SomeOfImport = {}) {
  const { store, folder } = await freshStore(PERSON)
  await sql.raw(CITY).execute(store.db)
  await sql`insert into city values (1, 'Lugo'), (2, 'León')`.execute(store.db)
  const path = written(folder, text)
  const { batches, last } = await run(store, specify({ path, operation: 'insert', ...given }))
  const { rows } = await sql<Record<string, unknown>>`
    select cast(id as text) as id, cast(age as text) as age, cast(city as text) as city, note
    from person order by person.id`.execute(store.db)
  expect(balances(last.counters, last.total)).toBe(true)
  const rejects = batches.flatMap((batch) =>
    batch.rejects.map(({ record, type, field, code }) => [record, type, field, code].join(' ')),
  )
  const journal = batches.flatMap((batch) => batch.journal.map(({ code }) => code))
  return { rows, rejects, counters: last.counters, total: last.total, journal }
}

describe('a check', () => {
  test('keeps out what does not pass it, each with a code of its own', async () => {
    const { rejects, counters } = await imported(
      'id,age,note\n1,,ok\n2,9,ok\n3,100,ok\n4,20,Q\n5,20,\n6,20,never\n7,99,ok\n',
      {
        fields: {
          age: { checks: [{ kind: 'required' }, { kind: 'range', least: '10', most: '99' }] },
          note: {
            checks: [
              { kind: 'pattern', pattern: '[a-z]+' },
              { kind: 'one_of', values: ['ok', 'ko'] },
            ],
          },
        },
      },
    )
    expect(rejects).toEqual([
      '1 error age TLY-3030',
      '2 error age TLY-3032',
      '3 error age TLY-3033',
      '4 error note TLY-3031',
      '6 error note TLY-3034',
    ])
    const { required, range, pattern, one_of: oneOf } = CHECK_CODES
    const codes = rejects.map((reject) => reject.split(' ').at(-1))
    expect(codes).toEqual([...required, ...range, ...pattern, ...oneOf])
    expect(counters).toMatchObject({ processed: 7, inserted: 2, rejects: 5 })
  })

  test('may warn and leave the field out, or stop the job', async () => {
    const warn = { kind: 'range' as const, most: '99', policy: 'warn' as const }
    const { rows, rejects } = await imported('id,age\n1,100\n', {
      fields: { age: { checks: [warn] } },
    })
    expect(rejects).toEqual(['1 warning age TLY-3033'])
    expect(rows).toMatchObject([{ id: '1', age: null }])
    const stop = { kind: 'required' as const, policy: 'stop' as const }
    await expect(
      imported('id,age\n1,1\n2,\n3,1\n', { fields: { age: { checks: [stop] } } }),
    ).rejects.toThrow('stopped_by_field')
  })

  test('looks values up in another table, as its column compares them', async () => {
    const exists = { kind: 'exists' as const, table: 'city', column: 'id' }
    const byName = { ...exists, column: 'name', policy: 'warn' as const }
    const { rows, rejects } = await imported(
      'id,city,note\n1,1,Lugo\n2,3,León\n3,,x\n4,02,León\n',
      {
        fields: { city: { checks: [exists] }, note: { checks: [byName] } },
      },
    )
    expect(rejects).toEqual(['2 error city TLY-3035', '3 warning note TLY-3035'])
    expect(rows.map(({ id, city, note }) => [id, city, note])).toEqual([
      ['1', '1', 'Lugo'],
      ['3', null, null],
      ['4', '2', 'León'],
    ])
  })

  test.each([
    ['person', 'id', 'lookup_in_target'],
    ['nowhere', 'id', 'no_table_or_view'],
    ['city', 'mayor', 'no_table_column'],
  ])('cannot look into %s (%s)', async (table, column, problem) => {
    const checks = [{ kind: 'exists' as const, table, column }]
    await expect(imported('id,city\n1,1\n', { fields: { city: { checks } } })).rejects.toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ problem }) }),
    )
  })
})

describe('records that are left out', () => {
  const condition = (column: string, operator: FilterOperator, value = '') => ({
    kind: 'condition' as const,
    column,
    operator,
    value,
  })

  test('by a filter are ignored and counted, and the tally balances', async () => {
    const { rows, counters, total, rejects } = await imported(
      'id,age,note\n1,5,keep\n2,30,keep\n3,30,drop\n4,x,\n5,40,kept\n',
      {
        filter: {
          kind: 'all',
          of: [
            { kind: 'any', of: [condition('age', 'more', '9'), condition('note', 'is_empty')] },
            condition('NOTE', 'is_not', 'drop'),
          ],
        },
      },
    )
    expect(rejects).toEqual(['4 error age TLY-3001'])
    expect(rows.map(({ id }) => id)).toEqual(['2', '5'])
    expect(counters).toMatchObject({
      processed: 5,
      inserted: 2,
      ignored: 2,
      filtered: 2,
      rejects: 1,
    })
    expect(total).toBe(5)
  })

  test.each<[FilterOperator, string, string]>([
    ['is', 'ab', 'ab'],
    ['contains', 'b', 'ab abc'],
    ['begins_with', 'ab', 'ab abc'],
    ['ends_with', 'c', 'abc'],
    ['matches', 'a.c', 'abc'],
    ['less', 'abc', '10 9 ab'],
    ['at_most', '9', '9'],
    ['at_least', '10', '10 ab abc'],
    ['is_filled', '', '10 9 ab abc'],
  ])('a condition %s %s takes %s', async (operator, value, taken) => {
    const { rows } = await imported('id,note\n1,10\n2,9\n3,ab\n4,abc\n5,\n', {
      filter: { kind: 'all', of: [condition('note', operator, value)] },
    })
    expect(rows.map(({ note }) => note).join(' ')).toBe(taken)
  })

  test('come before the first record or after the last', async () => {
    const text = 'id,age\n1,1\n"2"x,2\n3,3\n4,4\n5,five\n6,6\n'
    const { rows, counters, total, journal, rejects } = await imported(text, {
      firstRecord: 3,
      lastRecord: 4,
    })
    expect(rejects).toEqual([])
    expect(rows.map(({ id }) => id)).toEqual(['3', '4'])
    expect([counters.processed, counters.filtered, total]).toEqual([4, 2, 4])
    expect(journal).toContain('TLY-1143')
    const all = await imported(text, { lastRecord: 100 })
    expect([all.total, all.counters.rejects]).toEqual([6, 2])
    expect(all.journal).not.toContain('TLY-1143')
  })

  test('need columns that exist', async () => {
    const filter = { kind: 'all' as const, of: [condition('colour', 'is', 'red')] }
    await expect(imported('id\n1\n', { filter })).rejects.toThrow('no_file_column')
  })
})
