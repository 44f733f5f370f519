import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { MESSAGES } from '../../../../src/domain/words/messages.ts'
import { run as runExport, specify as exported } from '../../../support/pipeline/an-export.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../../support/pipeline/an-import.ts'

/** Makes a table after these lines. @returns its types, what was told, and what is exported again */
async function made(lines: string[], given: SomeOfImport = {}) {
  const { store, folder } = await freshStore('select 1')
  const file = written(folder, [...lines, ''].join('\n'))
  const into = { path: file, table: 'made', create: true, operation: 'insert' } as const
  const { last, batches } = await run(store, specify({ ...into, ...given }))
  const table = await store.tables.describe(store.db, 'made')
  const out = path.join(folder, 'out.csv')
  await runExport(store, exported({ table: 'made', path: out }))
  const journal = batches.flatMap((batch) => batch.journal)
  return {
    types: table?.columns.map(({ name, declared }) => `${name} ${declared}`),
    counters: last.counters,
    warnings: journal.filter(({ code }) => MESSAGES[code] === 'warning').map(({ code }) => code),
    back: readFileSync(out, 'utf8').trimEnd().split('\n'),
  }
}

const UUID = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'

test('a table is made with the types of PostgreSQL that its values have, and they come back as they were', async () => {
  const lines = [
    'small,big,huge,price,yes,day,here,id,word',
    `-2147483648,2147483648,9223372036854775808,1.50,true,2026-01-31,2026-01-31 12:00:00,${UUID},a`,
    `2147483647,-9223372036854775808,1,20.00,false,0001-01-01,2026-01-31 12:00:00.25,${UUID},1 a`,
  ]
  const { types, back, warnings } = await made(lines)
  expect(types).toEqual([
    'small integer',
    'big bigint',
    'huge numeric',
    'price numeric',
    'yes boolean',
    'day date',
    'here timestamp without time zone',
    'id uuid',
    'word text',
  ])
  expect(back).toEqual(lines)
  expect(warnings).toEqual([])
})

test('what only looks like a type stays text, as it was', async () => {
  const lines = [
    'zeros,plus,negative,upper,nearly,year,nanos,day,both',
    `007,+5,-0,${UUID.toUpperCase()},${UUID},0000-01-01,2026-01-31 12:00:00.1234567,31.01.2026,2026-01-31`,
    `8,5,1,${UUID},${UUID}0,2026-01-31,2026-01-31 12:00:00,01.02.2026,2026-01-31 12:00:00`,
  ]
  const { types, back } = await made(lines)
  expect(types?.map((type) => type.split(' ')[1])).toEqual(Array.from({ length: 9 }, () => 'text'))
  expect(back).toEqual(lines)
})

test('times with a zone are instants, which come back in UTC', async () => {
  const { types, back } = await made(['at', '2026-01-31T13:00:00+01:00', '2026-01-31T12:00:00Z'])
  expect(types).toEqual(['at timestamp with time zone'])
  expect(back).toEqual(['at', '2026-01-31 12:00:00+00', '2026-01-31 12:00:00+00'])
})

test('keys that differ as texts are not made one by their type', async () => {
  const lines = ['version', '3.1', '3.10']
  const given: SomeOfImport = { key: ['version'], operation: 'insert_or_update' }
  const { types, counters } = await made(lines, given)
  expect([types, counters]).toMatchObject([['version text'], { inserted: 2 }])
})

/** More records than those that the types are told by. */
const MANY = 10_050

test('later values widen their column: to bigint, to numeric, or to text with what is there as it was', async () => {
  const rows = Array.from({ length: MANY }, (_, at) => {
    const id = UUID.replace('a0eebc99', String(at).padStart(8, '0'))
    return `${at},${at},${at},${at},${id},2026-01-31,1.0`
  })
  const late = [
    `2147483648,0.5,9223372036854775808,01,none,2026-01-31 12:00:00,1.00`,
    `1,1,1,1,${UUID},2026-01-31,1e5`,
  ]
  const lines = ['big,part,huge,code,id,day,price', ...rows, ...late]
  const { types, back, counters, warnings } = await made(lines)
  expect(types).toEqual([
    'big bigint',
    'part numeric',
    'huge numeric',
    'code text',
    'id text',
    'day text',
    'price text',
  ])
  expect(counters).toMatchObject({ inserted: MANY + 2, rejects: 0 })
  expect(back).toEqual(lines)
  expect(warnings).toEqual([])
})

test('instants that are there keep their type: what comes later and is none is rejected, and somebody is told', async () => {
  const rows = Array.from({ length: MANY }, () => '2026-01-31T12:00:00Z')
  const { types, counters, warnings } = await made(['at', ...rows, 'never'])
  expect(types).toEqual(['at timestamp with time zone'])
  expect(counters).toMatchObject({ inserted: MANY, rejects: 1 })
  expect(warnings).toEqual(['TLY-1123'])
})
