import { expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { fieldOptions } from '../../src/domain/specification/fields/field-options.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../src/domain/specification/parse-specification.ts'
import { exportParts, importParts } from '../../src/domain/specification/specification.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { exportJob, importJob, type NewJob } from '../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { pageOf, textsOf } from '../support/pages/html.ts'

const IMPORT = { path: '/in/a.csv', table: 'a', key: ['id'], create: true, format: 'delimited' }
const EXPORT = { path: '/out/a.csv', table: 'a', format: 'delimited' }

/** Another value than the usual one, for every option. */
const OTHER_IMPORT = {
  path: '/in/b.csv',
  morePaths: ['/in/c.csv'],
  table: 'b',
  create: false,
  key: ['name'],
  secondKey: ['name'],
  operation: 'update',
  doubles: 'reject',
  duplicates: 'ignore',
  map: { Nombre: 'name' },
  leaveOut: ['Notas'],
  sensitiveColumns: ['Notas'],
  types: { id: 'integer' },
  fields: { name: { onError: 'warn' } },
  encoding: 'windows-1252',
  format: 'json_lines',
  delimiter: '|',
  quote: "'",
  escape: '\\',
  recordEnd: '\x1e',
  comment: '#',
  trim: true,
  mergeDelimiters: true,
  multiline: false,
  missingColumns: 'empty',
  surplusColumns: 'ignore',
  header: false,
  skip: 3,
  skipLast: 2,
  headerLines: 2,
  columns: ['id', 'name'],
  nulls: ['NULL'],
  filter: { kind: 'all', of: [{ kind: 'condition', column: 'id', operator: 'is_filled' }] },
  firstRecord: 7,
  lastRecord: 9,
  stopIfAllRejected: false,
  maxRejects: 5,
  trace: true,
  dryRun: true,
}
const OTHER_FIELD = {
  from: { kind: 'stamp', of: 'line' },
  transforms: [{ kind: 'pad', length: 5, with: '0' }],
  format: { kind: 'date_pattern', pattern: 'dd/MM/yyyy' },
  checks: [{ kind: 'range', least: '1' }],
  emptyOverwrites: true,
  onlyIfEmpty: true,
  onlyOnInsert: true,
  onError: 'stop',
  sensitive: true,
}
const OTHER_EXPORT = {
  path: '/out/b.csv',
  table: 'b',
  columns: ['id'],
  fields: { born: { format: { kind: 'date', order: 'dmy' } } },
  filter: { kind: 'any', of: [{ kind: 'condition', field: 'id', operator: 'is_filled' }] },
  order: [{ field: 'id', direction: 'desc' }],
  mostRows: 10,
  differential: 'changed',
  names: { id: 'Número' },
  encoding: 'windows-1252',
  header: false,
  gzip: true,
  replace: false,
  format: 'json_lines',
  delimiter: '|',
  lineEnd: 'crlf',
  quoteAll: true,
  bom: true,
  nullText: 'NULL',
  safeCells: true,
}

/** Where the file may lie, and whose it is: told by its path, or of no use to whoever reads. */
const UNTOLD = ['beneath', 'moreBeneath', 'spooled', 'place', 'replace']

async function askedFor(
  { db, get }: { db: Db; get(path: string): Promise<Response> },
  wanted: NewJob,
): Promise<string> {
  const { id } = await createJob(db, wanted, { now: NOON, actor: OPERATOR })
  return textsOf(await pageOf(await get(`/jobs/${id}/report`)), '.facts dl > div').join('\n')
}

test('every option that is set is told as what was asked for', async () => {
  const app = await anApp()
  const asked = (given: object) =>
    askedFor(app, importJob(parseImportSpecification({ ...IMPORT, ...given }), {}))
  const usual = await asked({})
  const others = Object.entries(OTHER_IMPORT)
  expect(others.map(([name]) => name).toSorted()).toEqual(namesOf(importParts.shape))
  for (const [name, value] of others) {
    expect.soft(await asked({ [name]: value }), name).not.toBe(usual)
  }
  const parts = Object.entries(OTHER_FIELD)
  expect(parts.map(([name]) => name).toSorted()).toEqual(namesOf(fieldOptions.shape))
  const usualField = await asked({ fields: { id: {} } })
  for (const [name, value] of parts) {
    expect.soft(await asked({ fields: { id: { [name]: value } } }), name).not.toBe(usualField)
  }
})

test('every option of an export is told as what was asked for', async () => {
  const app = await anApp()
  const asked = (given: object) =>
    askedFor(app, exportJob(parseExportSpecification({ ...EXPORT, ...given }), {}))
  const usual = await asked({})
  const others = Object.entries(OTHER_EXPORT)
  const told = others.filter(([name]) => !UNTOLD.includes(name))
  expect(told.map(([name]) => name).toSorted()).toEqual(namesOf(exportParts.shape))
  for (const [name, value] of told) {
    expect.soft(await asked({ [name]: value }), name).not.toBe(usual)
  }
})

test('says in words what happens to the values of a field, in both languages', async () => {
  const { db, get } = await anApp()
  const specification = parseImportSpecification({
    ...IMPORT,
    firstRecord: 7,
    filter: {
      kind: 'any',
      of: [
        { kind: 'condition', column: 'country', operator: 'is', value: 'ES' },
        { kind: 'condition', column: 'city', operator: 'is_empty' },
      ],
    },
    fields: {
      amount: {
        transforms: [{ kind: 'trim' }, { kind: 'replace', from: 'EUR', to: '' }],
        format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' },
        checks: [{ kind: 'range', least: '0', most: '100', policy: 'warn' }],
        sensitive: true,
      },
      sex: {
        format: {
          kind: 'enumeration',
          values: [{ written: 'H', value: 'm' }],
          otherwise: 'fixed',
          fixed: '?',
        },
      },
      source: { from: { kind: 'fixed', text: 'shop' }, checks: [{ kind: 'required' }] },
    },
  })
  const { id } = await createJob(db, importJob(specification, {}), { now: NOON, actor: OPERATOR })
  const lines = async (language: string) => {
    const page = await pageOf(await get(`/jobs/${id}/report`, { 'accept-language': language }))
    return [
      ...textsOf(page, '.facts .lines li'),
      ...textsOf(page, '.facts dl > div').filter((text) => /^(Records|Registros)/.test(text)),
    ]
  }
  expect(await lines('en')).toEqual(
    expect.arrayContaining([
      'amount: no blanks around it; “EUR” becomes “”; written as decimal comma: 1.234,50; from 0 to 100 (on error: left out with a warning); sensitive: masked; on error: reject the record',
      'sex: H = m; a value that is not listed becomes this one: ?; on error: reject the record',
      'source: always “shop”; needs a value; on error: reject the record',
      'Recordsfrom number 7 on; country is ES or city is empty',
    ]),
  )
  expect(await lines('es')).toEqual(
    expect.arrayContaining([
      'source: siempre «shop»; necesita un valor; si hay error: se rechaza el registro',
      'Registrosdesde el número 7; country es ES o city está vacío',
    ]),
  )
})

function namesOf(shape: object): string[] {
  return Object.keys(shape)
    .filter((name) => !UNTOLD.includes(name))
    .toSorted()
}
