import { expect, test } from 'vitest'
import type { ColumnInfo, TableInfo } from '../../../../src/domain/records/table.ts'
import { inferTable } from '../../../../src/pipeline/import/plan/infer-table.ts'
import { mapColumns } from '../../../../src/pipeline/import/plan/mapping.ts'
import { fieldNamesFor } from '../../../../src/pipeline/import/fields/source-names.ts'
import { specify } from '../../../support/pipeline/an-import.ts'

const MANY = 100_000

function aColumn(name: string): ColumnInfo {
  const none = { nullable: true, defaultSql: null, maxLength: null, generated: false }
  return { name, type: 'text', conversion: 'text', declared: 'text', ...none }
}

function aTable(names: string[]): TableInfo {
  const columns = names.map(aColumn)
  const kind = { isView: false, isOrdered: false, isVirtual: false }
  const none = { ...kind, primaryKey: [], unique: [], indexes: [] }
  return { name: 'person', columns, ...none }
}

test('of columns that fold to the same name the exact one is meant, else the first', () => {
  const table = aTable(['x', 'Apellido', 'y'])
  const mapped = (map: Record<string, string>) =>
    mapColumns(['APELLIDO', 'apellido', 'other'], table, specify({ path: 'f', map }))
  const { fields, sources } = mapped({ apellido: 'x' })
  expect([fields.map(({ name }) => name), sources]).toEqual([
    ['Apellido', 'x'],
    [0, 1],
  ])
  expect(mapped({ ape_llido: 'x' }).fields.map(({ name }) => name)).toEqual(['x'])
  expect(mapped({ ape_llido: 'x' }).leftOut).toEqual(['apellido_2', 'other'])
})

test('names that differ in the blanks around them fill the fields that have the same', () => {
  const table = aTable(['c ', ' c', 'c'])
  const { fields, leftOut } = mapColumns([' c', 'c', 'c '], table, specify({ path: 'f' }))
  expect(fields.map(({ name }) => name)).toEqual([' c', 'c', 'c '])
  expect(leftOut).toEqual([])
  const one = mapColumns([' c', ' c'], aTable([' c']), specify({ path: 'f' }))
  expect(one.leftOut).toEqual(['c_2'])
})

test('the column that has the very name of a field fills it, and none that is only like it', () => {
  const { sources, leftOut } = mapColumns(['A', 'a'], aTable(['a']), specify({ path: 'f' }))
  expect([sources, leftOut]).toEqual([[1], ['A']])
})

test('a hundred thousand columns are mapped, named and told apart as soon as a few', () => {
  const header = Array.from({ length: MANY }, (_, at) => `c${at}`)
  const last = `c${MANY - 1}`
  const specification = specify({ path: 'f', map: { [last]: 'a' } })
  const { sources } = mapColumns(header, aTable(['c7', 'a']), specification)
  expect(sources).toEqual([7, MANY - 1])
  expect(fieldNamesFor(header, specification).at(-1)).toBe('a')
  const same = inferTable(
    Array.from({ length: MANY }, () => 'a'),
    [],
    specify({ path: 'f' }),
  )
  expect(new Set(same.columns.map(({ name }) => name)).size).toBe(MANY)
  expect(same.columns.at(-1)?.name).toBe(`a_${MANY}`)
})
