import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { InvalidInputError, UnusableError } from '../../../src/domain/words/errors.ts'
import {
  exportSpecification,
  type GivenExport,
} from '../../../src/domain/specification/specification.ts'
import { checkExport } from '../../../src/pipeline/export/check-export.ts'
import { byDatabase } from '../../support/databases.ts'
import { expectSameWhereverStopped, filled, run } from '../../support/pipeline/an-export.ts'
import { freshStore } from '../../support/pipeline/an-import.ts'

const THING = `create table thing (
  id integer primary key, name text, price numeric(12, 2), made date, kind text)`
const ROWS = `insert into thing values
  (1, 'Chair', 12.5, '2026-01-31', 'a'),
  (2, 'Table', 100, '2026-02-01', 'b'),
  (3, 'Armchair', 9, null, 'a'),
  (4, 'O''Neill \\ "x"', 0, '2025-12-31', ''),
  (5, null, null, '2026-02-01', null)`

type Filter = NonNullable<GivenExport['filter']>
type Condition = Extract<Filter['of'][number], { kind: 'condition' }>
type Operator = Condition['operator']

const only = (field: string, operator: Operator, value = ''): Filter => ({
  kind: 'all',
  of: [{ kind: 'condition', field, operator, value }],
})

/** Why an export is no job. */
async function refusalOf(given: object): Promise<unknown> {
  const { store, folder } = await freshStore(THING)
  const wanted = { table: 'thing', path: path.join(folder, 'out.csv'), ...given }
  const refused = checkExport(store, exportSpecification.parse(wanted))
  return await refused.then(
    () => undefined,
    (error: unknown) => (error instanceof InvalidInputError ? error.problem : error),
  )
}

async function exported(given: Partial<GivenExport>) {
  const { store, folder } = await freshStore(THING)
  await sql.raw(ROWS).execute(store.db)
  const file = path.join(folder, 'out.csv')
  const wanted = { table: 'thing', path: file, columns: ['id'], header: false, ...given }
  const { last } = await run(store, exportSpecification.parse(wanted))
  const text = readFileSync(file, 'utf8')
  return { text, ids: text.trim().split('\n').filter(Boolean).map(Number), last }
}

describe('the rows that an export writes', () => {
  test.each<[string, Filter, number[]]>([
    ['a number by its value', only('price', 'is', '12.50'), [1]],
    ['all but one, with those that have none', only('price', 'is_not', '100'), [1, 3, 4, 5]],
    ['numbers by their order, not as texts', only('price', 'less', '10'), [3, 4]],
    ['at least', only('price', 'at_least', '12.5'), [1, 2]],
    ['dates', only('made', 'more', '2026-01-31'), [2, 5]],
    ['at most', only('made', 'at_most', '2026-01-31'), [1, 4]],
    ['texts that contain', only('name', 'contains', 'hair'), [1, 3]],
    ['texts that begin', only('name', 'begins_with', 'Arm'), [3]],
    ['texts that end', only('name', 'ends_with', 'air'), [1, 3]],
    ['what is longer than the text ends none', only('kind', 'ends_with', 'xxa'), []],
    ['quotes and backslashes as they are', only('name', 'is', `O'Neill \\ "x"`), [4]],
    ['parts of them too', only('name', 'contains', `' \\`.slice(1)), [4]],
    ['numbers as texts', only('price', 'begins_with', '1'), [1, 2]],
    ['empty', only('kind', 'is_empty'), [4, 5]],
    ['filled', only('kind', 'is_filled'), [1, 2, 3]],
    ['injections are values', only('name', 'is', `x' or '1'='1`), []],
    ['all of nothing', { kind: 'all', of: [] }, [1, 2, 3, 4, 5]],
    ['any of nothing', { kind: 'any', of: [] }, []],
    [
      'groups in groups',
      {
        kind: 'any',
        of: [
          only('id', 'is', '5'),
          { kind: 'all', of: [...only('kind', 'is', 'a').of, ...only('price', 'less', '10').of] },
        ],
      },
      [3, 5],
    ],
  ])('are filtered: %s', async (_name, filter, expected) => {
    const { ids, last } = await exported({ filter })
    expect(ids).toEqual(expected)
    expect(last.total).toBe(expected.length)
    // In another order, they are the same rows.
    const back = await exported({ filter, order: [{ field: 'id', direction: 'desc' }] })
    expect(back.ids).toEqual(expected.toReversed())
  })

  test('are sorted, those that are equal by their key, and cut', async () => {
    const order = [{ field: 'made', direction: 'desc' as const }]
    const filter = only('made', 'is_filled')
    const all = await exported({ order, filter })
    expect(all.ids).toEqual([2, 5, 1, 4])
    const cut = await exported({ order, filter, mostRows: 3 })
    expect(cut.ids).toEqual([2, 5, 1])
    expect(cut.last.total).toBe(3)
    expect((await exported({ mostRows: 2 })).ids).toEqual([1, 2])
  })

  test('have the names that the file wants', async () => {
    const names = { id: 'Number', price: 'Price, in euros' }
    const { text } = await exported({ columns: ['price', 'id'], names, header: true, mostRows: 1 })
    expect(text).toMatch(/^"Price, in euros",Number\n12\.50?,1\n$/)
  })

  test('and their formats, also where only capitals are others, and none has two', async () => {
    const fields = { PRICE: { format: { kind: 'number' as const, decimal: ',' as const } } }
    const named = { columns: ['price', 'id'], names: { PRICE: 'Price' }, fields, header: true }
    const { text } = await exported({ ...named, mostRows: 1 })
    expect(text).toMatch(/^Price,id\n"12,50?",1\n$/)
    expect(await refusalOf({ names: { id: 'A', ID: 'B' } })).toMatchObject(
      byDatabase({
        SQLite: { problem: 'field_said_twice', field: 'id', name: 'ID', other: 'id' },
        PostgreSQL: { problem: 'no_table_column', column: 'ID' },
      }),
    )
  })

  test('are refused where columns are not there, all of them at once', async () => {
    const filter = { kind: 'any', of: [only('colour', 'is_empty'), ...only('made', 'is_empty').of] }
    const order = [{ field: 'size', direction: 'asc' as const }]
    const given = { columns: ['id', 'weight'], filter, order, differential: 'changed' }
    expect(await refusalOf(given)).toMatchObject({
      problem: 'no_table_columns',
      missing: 'weight, changed, colour, size',
    })
  })

  test.each([
    [only('price', 'less', 'cheap'), 'no_value_of_field'],
    [only('colour', 'is', 'red'), 'no_table_column'],
  ])('are refused where the condition makes no sense', async (filter, problem) => {
    const refused = await exported({ filter }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UnusableError)
    expect(refused).toMatchObject({ problem: { problem } })
  })

  test.each<[string, Partial<GivenExport>]>([
    ['filtered', { filter: only('age', 'less', '45') }],
    ['sorted', { order: [{ field: 'age', direction: 'desc' }] }],
    ['sorted and cut', { order: [{ field: 'age', direction: 'asc' }], mostRows: 50_001 }],
  ])('are the same, %s, wherever the export is stopped', async (_name, given) => {
    const { store, path: file } = await filled(70_000)
    const wanted = exportSpecification.parse({ table: 'person', ...given, path: file })
    const { batches } = await run(store, wanted)
    await expectSameWhereverStopped(store, batches.length, { ...wanted, path: file })
  })
})
