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
