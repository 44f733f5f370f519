import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { saveTemplate } from '../../../../src/engine/templates/save-template.ts'
import { inSpellingOf } from '../../../../src/http/assistant/fields/in-spelling-of.ts'
import { NOON, OPERATOR } from '../../../support/jobs/a-job.ts'
import { aJobOf, send, specificationOf } from '../../../support/pages/an-assistant.ts'
import { freshStore } from '../../../support/pipeline/an-import.ts'

test('fields that differ only in accents stay two, and of two names of one its own counts', async () => {
  const { store } = await freshStore('create table t (id integer, "ano" text, "año" text)')
  const table = await store.tables.describe(store.db, 't')
  if (table === undefined) throw new Error('no table')
  const said = (note: boolean) => ({ sensitive: note })
  const specification = parseImportSpecification({
    path: '/x.csv',
    table: 't',
    key: ['AÑO', 'ano'],
    fields: { año: said(true), ano: said(false), id: said(true), ID: said(false) },
  })
  const { key, fields } = inSpellingOf(table, specification)
  expect(key).toEqual(['ano', 'ano'])
  expect(Object.entries(fields).map(([name, { sensitive }]) => [name, sensitive])).toEqual([
    ['año', true],
    ['ano', false],
    ['id', true],
  ])
})

test('what a template without a table says of a field is said of it, not of a second one', async () => {
  const app = await aJobOf(
    { 'bill.csv': 'id;paid\n1;25/12/2020\n' },
    'create table bill (id integer primary key, paid date)',
  )
  const paid = { format: { kind: 'date', parts: 'mdy' }, onlyIfEmpty: true }
  const parts = { fields: { PAID: { ...paid, format: null } } }
  const { key: template } = await saveTemplate(
    app.db,
    { name: 'Bills', description: '', type: 'import', parts },
    { now: NOON, actor: OPERATOR, replaces: false },
  )
  const file = `0.${Buffer.from('bill.csv').toString('base64url')}`
  const made = await send(app, '/jobs/new/import', { step: 'file', file, header: 'yes', template })
  expect(made.status).toBe(303)
  const { fields } = await specificationOf(app, 2)
  expect(Object.keys(fields)).toEqual(['paid'])
  expect(fields['paid']).toMatchObject({ onlyIfEmpty: true, format: null })
})
