import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  exportSpecification,
  type GivenExport,
} from '../../../src/domain/specification/specification.ts'
import { run, expectSameWhereverStopped } from '../../support/pipeline/an-export.ts'
import { freshStore, run as runImport, specify } from '../../support/pipeline/an-import.ts'

const PAYMENT = `create table payment (
  id integer primary key,
  due date,
  amount numeric(12, 2),
  open boolean,
  kind text
)`
const ROWS = `insert into payment values
  (1, '2026-12-31', 1234.5, true, 'invoice'),
  (2, null, -0.25, false, 'other'),
  (3, '2026-02-01', null, null, null)`

const FIELDS = {
  due: { format: { kind: 'date', order: 'dmy' } },
  AMOUNT: { format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' } },
  open: { format: { kind: 'boolean', true: ['sí'], false: ['no'] } },
  kind: {
    format: { kind: 'enumeration', values: [{ written: 'F', value: 'invoice' }] },
  },
} satisfies GivenExport['fields']

async function exported(given: Partial<GivenExport> = {}) {
  const { store, folder } = await freshStore(PAYMENT)
  await sql.raw(ROWS).execute(store.db)
  const file = path.join(folder, 'out.csv')
  const wanted = { table: 'payment', path: file, fields: FIELDS, ...given }
  const { batches } = await run(store, exportSpecification.parse(wanted))
  const warnings = batches.flatMap(({ journal }) => journal)
  return { store, text: readFileSync(file, 'utf8'), warnings, file }
}

test('values are written in the formats of their columns', async () => {
  const { text, warnings } = await exported({ delimiter: ';' })
  const [head, first, ...others] = text.split('\n')
  expect([head, ...others]).toEqual([
    'id;due;amount;open;kind',
    '2;;-0,25 €;no;other',
    '3;01/02/2026;;;',
    '',
  ])
  // A database writes a number with the decimals that its type has.
  expect(first).toMatch(/^1;31\/12\/2026;1\.234,50? €;sí;F$/)
  expect(warnings).toEqual([
    { code: 'TLY-1108', params: { column: 'kind', record: 2, value: 'other' } },
  ])
})

test('an import in the same formats gives the same rows', async () => {
  const { due, AMOUNT, open } = FIELDS
  const values = [{ written: 'F', value: 'invoice' }]
  const kind = { format: { kind: 'enumeration' as const, values, otherwise: 'keep' as const } }
  const fields = { due, AMOUNT, open, kind }
  for (const given of [
    {},
    { delimiter: '\t' },
    { format: 'json_lines' as const },
    { quoteAll: true },
  ]) {
    const { store, file } = await exported({ ...given, fields })
    const { last } = await runImport(
      store,
      specify({
        path: file,
        table: 'payment',
        key: ['id'],
        format: given.format ?? 'delimited',
        fields,
      }),
    )
    expect(last.counters).toMatchObject({ unchanged: 3, rejects: 0 })
  }
})

test('a formatted value is a JSON text in every row of its column, one without a mark a number', async () => {
  const { store, folder } = await freshStore(`create table sold (
    n numeric(12, 3), whole integer, share numeric(5, 2), flag boolean, kind integer,
    at date, plain numeric(12, 3), own numeric(12, 3)
  )`)
  await sql
    .raw(
      `insert into sold values
      (1050, 7, 0.5, true, 1, '2026-12-31', 1050, 1050),
      (1050.5, 12345, 2, false, 2, null, 1050.5, 1050.5)`,
    )
    .execute(store.db)
  const grouped = { kind: 'number', decimal: ',', grouping: '.' } as const
  const file = path.join(folder, 'out.jsonl')
  const wanted = {
    table: 'sold',
    path: file,
    format: 'json_lines',
    names: { n: 'amount' },
    fields: {
      N: { format: grouped },
      whole: { format: grouped },
      share: { format: { ...grouped, percent: true } },
      flag: { format: { kind: 'boolean', true: ['1'], false: ['0'] } },
      kind: { format: { kind: 'enumeration', values: [{ written: '10', value: '1' }] } },
      at: { format: { kind: 'epoch' } },
      plain: { format: { kind: 'number' } },
    },
  }
  await run(store, exportSpecification.parse(wanted))
  const [first = '', second = ''] = readFileSync(file, 'utf8').split('\n')
  const read = (line: string): unknown => JSON.parse(line)
  expect(read(first)).toMatchObject({ whole: '7', share: '50%', flag: '1', kind: '10' })
  expect(read(second)).toMatchObject({ whole: '12.345', share: '200%', flag: '0', kind: '2' })
  for (const [line, text, number] of [
    [first, /^1\.050(,0+)?$/, 1050],
    [second, /^1\.050,50*$/, 1050.5],
  ] as const) {
    const amount: unknown = expect.stringMatching(text)
    expect(read(line)).toMatchObject({ amount, plain: number, own: number })
  }
  expect(read(first)).toMatchObject({ at: 1798675200 })
})

test('an export that is stopped anywhere gives the same file', async () => {
  const { store, folder } = await freshStore(PAYMENT)
  const counted = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)`
  await sql`insert into payment (id, due) ${counted} select i, '2026-01-31' from n`.execute(
    store.db,
  )
  const fields = exportSpecification.parse({ table: 'payment', path: '-', fields: FIELDS }).fields
  const given = { table: 'payment', path: path.join(folder, 'out.csv'), fields }
  const { batches } = await run(store, exportSpecification.parse(given))
  await expectSameWhereverStopped(store, batches.length, given)
})
