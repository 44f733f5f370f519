import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { FilterOperator } from '../../../src/domain/specification/record-filter.ts'
import { checkImport } from '../../../src/pipeline/import/plan/check-import.ts'
import { byDatabase } from '../../support/databases.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const TIME = byDatabase({ SQLite: 'datetime', PostgreSQL: 'timestamptz' })
const CUSTOMERS = `create table customers
  (id integer primary key, amount numeric, born date, seen ${TIME}, active boolean)`
const TEXT = [
  'id;amount;born;seen;active',
  '1;1.234,5;13/2/99;2026-01-02 10:00:00+02:00;sí',
  '2;2,50;14/2/2015;2026-01-02 09:00:00Z;no',
  '3;;;;',
  '4;-3;31/12/1969;2025-12-31;no',
  '',
].join('\n')
const BORN = { format: { kind: 'date' as const, order: 'dmy' as const } }
const AMOUNT = {
  format: { kind: 'number' as const, decimal: ',' as const, grouping: '.' as const },
}
type Checks = NonNullable<NonNullable<SomeOfImport['fields']>[string]>['checks']

async function prepared(given: SomeOfImport) {
  const { store, folder } = await freshStore(CUSTOMERS)
  const path = written(folder, given.path ?? TEXT)
  const specification = specify({ operation: 'insert', table: 'customers', ...given, path })
  return { store, specification }
}

async function idsOf(given: SomeOfImport): Promise<string> {
  const { store, specification } = await prepared(given)
  await checkImport(store, specification)
  await run(store, specification)
  const { rows } = await sql<{ id: unknown }>`select id from customers order by id`.execute(
    store.db,
  )
  return rows.map(({ id }) => String(id)).join(' ')
}

function checking(field: string, checks: Checks): SomeOfImport {
  const fields = { born: BORN, amount: AMOUNT, seen: {}, active: {} }
  return {
    fields: { ...fields, [field]: { ...new Map(Object.entries(fields)).get(field), checks } },
  }
}

const range = (least: string | null, most: string | null = null) =>
  [{ kind: 'range' as const, least, most }] satisfies Checks
const listed = (...values: string[]) => [{ kind: 'one_of' as const, values }] satisfies Checks

describe('the bounds and listed values of a field are read as its values are', () => {
  test.each<[string, string, Checks, string]>([
    ['born', 'at least a day', range('1/1/2010'), '2 3'],
    ['born', 'at least a later day', range('31/12/2010'), '2 3'],
    ['born', 'at least a day as the table has it', range('1999-02-13'), '1 2 3'],
    ['born', 'at most a day', range(null, '1/1/2010'), '1 3 4'],
    ['born', 'one day', listed('13/2/99'), '1 3'],
    ['born', 'one of two days', listed('1999-02-13', '14-2-2015'), '1 2 3'],
    ['amount', 'at least', range('2,5'), '1 2 3'],
    ['amount', 'at least, as the table has it', range('2.5'), '1 2 3'],
    ['amount', 'between', range('-3,0', '2,50'), '2 3 4'],
    ['amount', 'with thousands', range('1.200,0'), '1 3'],
    ['amount', 'one of', listed('2.5', '-3'), '2 3 4'],
    ['seen', 'from an instant', range('2026-01-02T08:30:00Z'), '2 3'],
    ['active', 'one of', listed('yes'), '1 3'],
    ['id', 'with decimals', range('1.5', '3.9'), '2 3'],
  ])('%s: %s', async (field, _what, checks, ids) => {
    expect(await idsOf(checking(field, checks))).toBe(ids)
  })
})

describe('a bound that is no value of its field is refused before any record', () => {
  test.each<[string, Checks, string]>([
    ['amount', range('abc'), 'no_comparable'],
    ['born', range(null, '31/2/2010'), 'no_comparable'],
    ['born', listed('13/2/99', 'soon'), 'no_comparable'],
    ['amount', range('1.000'), 'two_meanings'],
    ['amount', range('9', '1'), 'least_above_most'],
    ['born', range('2/1/2010', '1/2/2009'), 'least_above_most'],
  ])('%s: %j', async (field, checks, problem) => {
    const { store, specification } = await prepared(checking(field, checks))
    await expect(checkImport(store, specification)).rejects.toMatchObject({
      problem: { problem, field },
    })
  })

  test('of a table that is yet to be made, by the format of its field', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id;day\n1;1/2/2020\n')
    const fields = { day: { ...BORN, checks: range('abc') } }
    const specification = specify({ path, table: 'new', create: true, fields })
    await expect(checkImport(store, specification)).rejects.toMatchObject({
      problem: { problem: 'no_comparable', field: 'day' },
    })
  })
})

test('a table that would be made without a column is refused', async () => {
  const { store, folder } = await freshStore()
  const path = written(folder, 'id;day\n1;2\n')
  const given = { path, table: 'new', create: true, leaveOut: ['id', 'day'] }
  await expect(checkImport(store, specify(given))).rejects.toMatchObject({
    problem: { problem: 'table_without_columns', table: 'new' },
  })
})

describe('a filter compares a source column as the field that it fills', () => {
  const filtered = (column: string, operator: FilterOperator, value: string): SomeOfImport => ({
    fields: { born: BORN, amount: AMOUNT },
    filter: { kind: 'all', of: [{ kind: 'condition', column, operator, value }] },
  })

  test.each<[string, FilterOperator, string, string]>([
    ['born', 'at_least', '1/1/2010', '2'],
    ['born', 'at_least', '2010-01-01', '2'],
    ['born', 'less', '1/1/2010', '1 4'],
    ['born', 'is', '13/02/1999', '1'],
    ['born', 'is_not', '1999-02-13', '2 3 4'],
    ['amount', 'more', '2,5', '1'],
    ['amount', 'at_most', '2.5', '2 4'],
    ['amount', 'is', '2,5', '2'],
    ['amount', 'contains', ',5', '1 2'],
  ])('%s %s %s', async (column, operator, value, ids) => {
    expect(await idsOf(filtered(column, operator, value))).toBe(ids)
  })

  test('and takes a value that cannot be read, so that it is told', async () => {
    const { store, specification } = await prepared({
      ...filtered('born', 'less', '1/1/2000'),
      path: 'id;amount;born;seen;active\n1;;1/1/1999;;\n2;;soon;;\n3;;1/1/2001;;\n',
    })
    const { last } = await run(store, specification)
    expect(last.counters).toMatchObject({ inserted: 1, rejects: 1, filtered: 1 })
  })

  test('and refuses a value that it cannot have', async () => {
    const { store, specification } = await prepared(filtered('amount', 'less', 'abc'))
    await expect(checkImport(store, specification)).rejects.toMatchObject({
      problem: { problem: 'no_comparable', field: 'amount', value: 'abc' },
    })
  })
})

test('a field that is said twice, under two names, is refused, as is a key that only looks filled', async () => {
  const { store, folder } = await freshStore('create table t (id integer, "ano" text, "año" text)')
  const path = written(folder, 'id;ano\n1;2\n')
  const given = { path, table: 't', delimiter: ';' }
  const twice = { id: { sensitive: true }, ID: { sensitive: false } }
  await expect(
    checkImport(store, parseImportSpecification({ ...given, fields: twice })),
  ).rejects.toMatchObject({
    problem: { problem: 'field_said_twice', field: 'id', name: 'ID', other: 'id' },
  })
  await expect(
    checkImport(store, parseImportSpecification({ ...given, key: ['año'] })),
  ).rejects.toMatchObject({ problem: { problem: 'key_not_filled', field: 'año' } })
  await checkImport(store, parseImportSpecification({ ...given, key: ['ano'] }))
})
