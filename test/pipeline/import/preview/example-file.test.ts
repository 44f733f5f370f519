import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listedIn } from '../../../../src/db/known/listed-values.ts'
import type { Store } from '../../../../src/db/store.ts'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { isNumberText } from '../../../../src/pipeline/values/numbers.ts'
import { exampleFile } from '../../../../src/pipeline/import/preview/example-file.ts'
import { byDatabase } from '../../../support/databases.ts'
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
    'columns that fill no field and have names like formulas',
    { fields: { name: { from: { kind: 'template', text: '{=first} {+last} {id}' } }, ...STATUS } },
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
    const { bytes, columns, records } = await exampleFile(store, specify('example'), {
      separator: ';',
    })
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
    { separator: ',' },
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

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const listed = fc.uniqueArray(fc.stringMatching(/^[ a-zA-Zñ'",()[\]:-]{0,5}[a-z]$/), {
  minLength: 1,
  maxLength: 4,
})
const CHECKS: ((values: string) => string)[] = [
  (values) => `check (kind in (${values}))`,
  (values) => `check ( (kind is null) or Kind IN (${values}) ) -- check (no in ('x'))`,
  (values) => `check (${values.replace(/^/, 'kind = ').replaceAll(/,(?=')/g, ' or kind = ')})`,
]

test('a file to fill in has values that the table lists, and rows that it refers to', async () => {
  const { store, folder } = await freshStore('create table seen (id integer)')
  const cases = fc.record({
    values: listed,
    check: fc.nat(CHECKS.length - 1),
    isSingle: fc.boolean(),
    isRequired: fc.boolean(),
    parents: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 0, maxLength: 4 }),
  })
  const holds = fc.asyncProperty(cases, async (each) => {
    const { values, check, isSingle, isRequired, parents } = each
    // A required reference to an empty table has no record that fits.
    fc.pre(parents.length > 1 || (parents.length === 0 && !isRequired))
    const key = isSingle ? 'primary key' : isRequired ? 'not null' : ''
    fc.pre(!(isSingle && parents.length === 0))
    await inTables(store, [
      'drop table if exists visit',
      'drop table if exists place',
      'create table place (shop integer, room integer, name text, primary key (shop, room))',
      `create table visit (place integer ${key}, room integer,
         kind varchar(20) not null ${CHECKS[check]?.(values.map(literal).join(','))}
         , foreign key (place, room) references place)`,
      ...parents.map((at) => `insert into place values (${at}, ${100 - at}, 'x')`),
      ...parents
        .slice(2)
        .map((at) => `insert into visit values (${at}, ${100 - at}, ${literal(values[0] ?? '')})`),
    ])
    const specify = (path: string) => parseImportSpecification({ path, table: 'visit' })
    const { bytes } = await exampleFile(store, specify('example'), { separator: ';' })
    const { last } = await run(store, specify(written(folder, bytes)))
    expect(last.rejects).toEqual([])
    expect(last.counters).toMatchObject({ inserted: 2, updated: 0, unchanged: 0, rejects: 0 })
  })
  await fc.assert(holds, { numRuns: 60 })
})

async function inTables(store: Store, statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(store.db)
}

test.each([
  [`"Kind" in ('a', 'it''s')`, { column: 'kind', values: ['a', "it's"] }],
  [`((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`, 'ab'],
  [`(VALUE = ANY (ARRAY[1, -2]))`, { column: 'value', values: ['1', '-2'] }],
  [`kind not in ('a', 'b')`, undefined],
  [`kind <> 'a'`, undefined],
  [`a in ('a') or b in ('b')`, undefined],
  [`length(kind) = 3`, undefined],
])('the condition %s lists its values, or none', (condition, expected) => {
  const list = expected === 'ab' ? { column: 's', values: ['a', 'b'] } : expected
  expect(listedIn(condition)).toEqual(list)
})

test('types of one kind of database have examples that it takes', async () => {
  const table = byDatabase({
    SQLite: 'create table kept (id integer primary key, seen time not null, made uuid)',
    PostgreSQL: `create table kept (id integer primary key, seen time not null, made uuid,
      marks integer[] not null, made_by uuid[], notes jsonb[], span interval, host inet)`,
  })
  const { store, folder } = await freshStore(table)
  const specify = (path: string) =>
    parseImportSpecification({ path, table: 'kept', key: ['id'], beneath: null })
  const { bytes } = await exampleFile(store, specify('example'), { separator: ',' })
  const { last } = await run(store, specify(written(folder, bytes)))
  expect(last.rejects).toEqual([])
  expect(last.counters).toMatchObject({ inserted: 2, warnings: 0 })
})
