import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { isNumberText } from '../../../../src/pipeline/values/numbers.ts'
import { exampleFile } from '../../../../src/pipeline/import/preview/example-file.ts'
import { freshStore, run, written } from '../../../support/pipeline/an-import.ts'

const TABLE = `create table client (
  id integer primary key, name varchar(40) not null, code varchar(3) unique, born date,
  seen timestamp, share numeric(10, 2), amount numeric(5, 0), active boolean,
  status text check (status in ('on', 'off')), "=risky" text, email text)`

/** What a template may say. */
const FORMATS = {
  born: { format: { kind: 'date', order: 'dmy' } },
  share: { format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' } },
  active: { format: { kind: 'boolean', true: ['sí'], false: ['no'] } },
  status: {
    format: {
      kind: 'enumeration',
      values: ['on', 'off']
        .map((value) => ({ written: `=${value}`, value }))
        .concat({ written: 'encendido', value: 'on' }),
    },
  },
  email: { checks: [{ kind: 'required' }, { kind: 'pattern', pattern: '[a-z0-9]+@[a-z.]+' }] },
} as const
const STATUS = { status: { checks: [{ kind: 'one_of', values: ['off', 'on'] }] } } as const

test.each<[string, { fields?: object; [part: string]: unknown }]>([
  ['nothing', {}],
  ['the key and JSON Lines', { key: ['id'], format: 'json_lines' }],
  [
    'how values are written',
    { key: ['code'], fields: FORMATS, delimiter: ';', encoding: 'windows-1252' },
  ],
  ['other names', { map: { 'Correo-e': 'email', '=Nombre': 'name', '#3': 'id' }, delimiter: '|' }],
  ['all columns, without a header', { header: false, quote: '', delimiter: '\t' }],
  ['the names of columns', { columns: ['email', 'x', 'name'], map: { x: 'id' }, skip: 2 }],
  ['lines around the records', { skip: 3, headerLines: 2, skipLast: 1, delimiter: ',' }],
  [
    'fields that are made of others',
    {
      fields: {
        name: { from: { kind: 'template', text: '{first} {last}' } },
        code: { from: { kind: 'expression', source: 'record.short.toUpperCase().slice(-3)' } },
        ...STATUS,
      },
      filter: { kind: 'all', of: [{ kind: 'condition', column: 'wanted', operator: 'is_filled' }] },
    },
  ],
  [
    'UTF-16 and records that end elsewhere',
    { encoding: 'utf-16le', recordEnd: '\n', delimiter: ';' },
  ],
  ['delimiters that are merged', { delimiter: ' ', mergeDelimiters: true, quote: '"' }],
])(
  'a file to fill in that is told %s holds records which are imported as they are',
  async (_what, given) => {
    const { store, folder } = await freshStore(TABLE)
    const fields = { ...STATUS, ...given.fields }
    const specify = (path: string) =>
      parseImportSpecification({ ...given, fields, path, table: 'client', beneath: null })
    const { bytes, columns, records } = await exampleFile(store, specify('example'), ';')
    const { last } = await run(store, specify(written(folder, bytes)))
    expect(last.counters).toMatchObject({ inserted: 2, rejects: 0, errors: 0, warnings: 0 })
    expect(last.rejects).toEqual([])

    const cells = [...columns, ...records.flat()].filter((cell) => !isNumberText(cell))
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    const { rows } = await sql`select name from client where name is not null`.execute(store.db)
    expect(rows).toHaveLength(2)
  },
)

test('a file to fill in has the columns of a template and what must be filled, in its formats', async () => {
  const { store } = await freshStore(TABLE)
  const map = { Nacido: 'born', 'Correo-e': 'email', ID: 'id' }
  const { bytes, name } = await exampleFile(
    store,
    parseImportSpecification({
      path: 'example',
      table: 'client',
      key: ['id'],
      map,
      fields: FORMATS,
      delimiter: ';',
    }),
    ',',
  )
  expect(name).toBe('client-example.csv')
  expect(bytes.toString()).toBe(
    [
      '\ufeffNacido;Correo-e;ID;name',
      '14/01/2026;name1@example.com;9901;name 1',
      '15/01/2026;name2@example.com;9902;name 2',
      '',
    ].join('\r\n'),
  )
})
