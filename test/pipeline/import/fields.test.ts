import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { UnusableError } from '../../../src/domain/words/errors.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const PAYMENT = `create table payment (
  id integer primary key,
  due date,
  amount numeric(12, 2),
  open boolean,
  kind text,
  note text
)`

async function imported(text: string, given: SomeOfImport = {}, create = PAYMENT) {
  const { store, folder } = await freshStore(create)
  const path = written(folder, text)
  const specification = specify({ path, table: 'payment', operation: 'insert', ...given })
  const { batches, last } = await run(store, specification)
  const { rows } = await sql<Record<string, unknown>>`
    select cast(id as text) as id, cast(due as text) as due, cast(amount as text) as amount,
      cast(open as text) as open, kind, note
    from payment order by id`.execute(store.db)
  const rejects = batches.flatMap((batch) =>
    batch.rejects.map(({ record, field, type, code }) => [record, type, field, code].join(' ')),
  )
  return { store, rows, rejects, counters: last.counters, batches }
}

const IN_SPANISH: SomeOfImport['fields'] = {
  due: { format: { kind: 'date', order: 'dmy' } },
  amount: { format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' } },
  open: { format: { kind: 'boolean', true: ['sí'], false: ['no'] } },
  kind: {
    format: {
      kind: 'enumeration',
      values: [
        { written: 'F', value: 'invoice' },
        { written: '', value: 'none' },
      ],
    },
  },
}

describe('a value format', () => {
  test('reads what the file has as the table stores it', async () => {
    const text = 'id;due;amount;open;kind\n1;31/12/2026;1.234,50 €;SÍ;F\n2;1-ene-26;;;\n'
    const { rows, rejects } = await imported(text, { delimiter: ';', fields: IN_SPANISH })
    expect(rejects).toEqual([])
    expect(rows.map((row) => ({ ...row, open: null, amount: Number(row['amount']) }))).toEqual([
      { id: '1', due: '2026-12-31', amount: 1234.5, open: null, kind: 'invoice', note: null },
      { id: '2', due: '2026-01-01', amount: 0, open: null, kind: 'none', note: null },
    ])
    expect(['1', 'true']).toContain(rows[0]?.['open'])
    expect(rows[1]?.['open']).toBeNull()
  })

  test('rejects what is not written in it, each field with its own policy', async () => {
    const text = 'id;due;amount;open;kind\n1;12/31/2026;1.2;x;G\n2;31/12/2026;x;no;F\n'
    const fields = {
      ...IN_SPANISH,
      amount: { ...IN_SPANISH?.['amount'], onError: 'warn' as const },
    }
    const { rows, rejects, counters } = await imported(text, { delimiter: ';', fields })
    expect(rejects.toSorted()).toEqual([
      '1 error due TLY-3040',
      '1 error kind TLY-3041',
      '1 error open TLY-3040',
      '1 warning amount TLY-3040',
      '2 warning amount TLY-3040',
    ])
    expect(rows).toMatchObject([{ id: '2', due: '2026-12-31', amount: null }])
    expect(counters).toMatchObject({ processed: 2, inserted: 1, rejects: 1 })
  })

  test('says which words the list of the field has', async () => {
    const given = { delimiter: ';', fields: { kind: IN_SPANISH?.['kind'] ?? {} } }
    const { batches } = await imported('id;kind\n1;G\n', given)
    expect(batches.flatMap(({ rejects }) => rejects)).toMatchObject([
      { code: 'TLY-3041', params: { value: 'G', listed: 'F' } },
    ])
  })

  test('decides the types of a table that is made after the file', async () => {
    const text = 'id;due;amount;open\n1;31/12/2026;1.234,5;sí\n2;01/02/2026;2;no\n'
    const { store } = await imported(text, {
      delimiter: ';',
      table: 'made',
      create: true,
      fields: {
        ...IN_SPANISH,
        origin: { from: { kind: 'stamp', of: 'file' } },
        at: { from: { kind: 'stamp', of: 'line' } },
      },
    })
    const table = await store.tables.describe(store.db, 'made')
    expect(table?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(
      [
        'id integer',
        'due date',
        'amount number',
        'open boolean',
        'kind text',
        'origin text',
        'at integer',
      ].filter((column) => column !== 'kind text'),
    )
  })
})

describe('a value from elsewhere', () => {
  test('is fixed, put together from columns, or a stamp', async () => {
    const { rows, rejects, batches } = await imported('id,first,last,note\n1,Ann,Lee,x\n2,,,y\n', {
      fields: {
        kind: { from: { kind: 'template', text: '{{{first} {last}}}' } },
        note: { from: { kind: 'fixed', text: 'all alike' } },
        due: { from: { kind: 'stamp', of: 'time' } },
        amount: { from: { kind: 'stamp', of: 'line' } },
      },
    })
    expect(rejects).toEqual([])
    expect(rows).toMatchObject([
      { id: '1', kind: '{Ann Lee}', note: 'all alike', due: '2026-01-31' },
      { id: '2', kind: null, note: 'all alike', due: '2026-01-31' },
    ])
    expect(rows.map(({ amount }) => Number(amount))).toEqual([2, 3])
    const told = batches.flatMap(({ journal }) => journal).filter(({ code }) => code === 'TLY-1040')
    expect(told).toEqual([{ code: 'TLY-1040', params: { columns: 'note' } }])
  })

  test('goes through the transforms and the format of its field, and may be the key', async () => {
    const { rows, counters } = await imported('id,first,last\n1,Ann,Lee\n2,ann,lee\n', {
      key: ['kind'],
      operation: 'insert_or_update',
      doubles: 'ignore',
      fields: {
        kind: {
          from: { kind: 'template', text: '{first}-{last}' },
          transforms: [{ kind: 'lower' }],
          format: {
            kind: 'enumeration',
            values: [{ written: 'ann-lee', value: 'AL' }],
          },
        },
      },
    })
    expect(rows).toMatchObject([{ id: '1', kind: 'AL' }])
    expect(counters).toMatchObject({ inserted: 1, doubles: 1 })
  })

  test('needs the columns that it names', async () => {
    const fields = { kind: { from: { kind: 'template' as const, text: '{second}' } } }
    await expect(imported('id,first\n1,x\n', { fields })).rejects.toThrow(
      expect.objectContaining<Partial<UnusableError>>({
        problem: { problem: 'no_file_column', column: 'second', columns: 'id, first' },
      }),
    )
  })

  test('names all that the file lacks, whatever needs them', async () => {
    const lacking = {
      map: { nick: 'note', id: 'id', born: 'due' },
      fields: { kind: { from: { kind: 'template' as const, text: '{born} {second}' } } },
      sensitiveColumns: ['mail', 'id'],
      filter: {
        kind: 'all' as const,
        of: [{ kind: 'condition' as const, column: 'age', operator: 'is' as const, value: '1' }],
      },
    }
    await expect(imported('id,first\n1,x\n', lacking)).rejects.toThrow(
      expect.objectContaining<Partial<UnusableError>>({
        problem: {
          problem: 'no_file_columns',
          missing: 'nick, born, second, mail, age',
          columns: 'id, first',
        },
      }),
    )
  })

  test('takes no column of a file that names none', async () => {
    const fields = { due: { from: { kind: 'stamp' as const, of: 'time' as const } } }
    const { rows } = await imported('1,5,,A\n', { header: false, fields })
    expect(rows).toMatchObject([{ id: '1', due: '2026-01-31', kind: 'A' }])
  })
})

test('transforms are made in their order, and an empty value stays empty', async () => {
  const { rows } = await imported('id,kind,note\n1, a  B-7 ,x\n2,,\n', {
    fields: {
      kind: {
        transforms: [
          { kind: 'trim' },
          { kind: 'collapse' },
          { kind: 'split', separator: '-', part: 1 },
          { kind: 'upper' },
          { kind: 'pad', length: 6, with: '0' },
        ],
      },
      note: { transforms: [{ kind: 'pad', length: 3, with: 'é', side: 'end' }] },
    },
  })
  expect(rows).toMatchObject([
    { kind: '000A B', note: 'xéé' },
    { kind: null, note: null },
  ])
})
