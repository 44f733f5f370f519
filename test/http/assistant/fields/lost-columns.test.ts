import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { HtmlElement } from 'html-validate'
import { describe, expect, test } from 'vitest'
import { saveTemplate } from '../../../../src/engine/templates/save-template.ts'
import { NOON, OPERATOR } from '../../../support/jobs/a-job.ts'
import { EDIT, send, specificationOf } from '../../../support/pages/an-assistant.ts'
import { anApp, type TestApp } from '../../../support/pages/app.ts'
import { sendStep } from '../../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../../support/pages/html.ts'

const COLUMNS = `${EDIT}/columns`
const MAP = { Number: 'id', Client: 'name', Place: 'city', Mark: 'note' }

/** A job of a template that says this, and of a file. */
async function aJobFrom(content: string, parts: Record<string, unknown>): Promise<TestApp> {
  const app = await anApp()
  await sql`create table customers
    (id integer primary key, name text not null, city text, note text)`.execute(app.db)
  const template = { name: 'Customers', description: '', type: 'import', parts } as const
  await saveTemplate(app.db, template, { now: NOON, actor: OPERATOR, replaces: false })
  writeFileSync(path.join(app.folder, 'people.csv'), content)
  const file = `0.${Buffer.from('people.csv').toString('base64url')}`
  await send(app, '/jobs/new/import', { step: 'file', template: '1', file })
  return app
}

const parts = { table: 'customers', key: ['id'], map: MAP }
const UPPER = { name: { transforms: [{ kind: 'upper' }] } }

const alertOf = (page: HtmlElement) => textOf(page.querySelector('main [role="alert"]'))
const chosenIn = (page: HtmlElement, name: string) =>
  page.querySelector(`[name="${name}"] option[selected]`)?.getAttributeValue('value') ?? ''

describe('of a file that lacks columns of its template', () => {
  const aLack = (more: Record<string, unknown> = {}) =>
    aJobFrom('Number;Town;Other\n1;Rome;x\n', { ...parts, fields: UPPER, ...more })

  test('all are named in one sentence', async () => {
    const app = await aLack()
    expect(alertOf(await pageOf(await app.get(`${COLUMNS}?open=yes`)))).toBe(
      'The file has no columns Client, Place, Mark; it has Number, Town, Other.',
    )
  })

  test('the fields that lost them are marked, with what is guessed for them', async () => {
    const app = await aLack()
    const page = await pageOf(await app.get(COLUMNS))
    expect(['field-0', 'field-1', 'field-2'].map((name) => chosenIn(page, name))).toEqual([
      'id',
      'city',
      '',
    ])
    expect(textsOf(page, '.column-table .guessed')).toEqual(['guessed, in place of Place'])
    expect(page.querySelector('#more-made')?.hasAttribute('open')).toBe(true)
    expect(textsOf(page, '#more-made .misfits')).toEqual([
      'The file has no column Client.',
      'The file has no column Mark.',
    ])
    // Nothing is taken that nobody has seen.
    expect((await specificationOf(app)).map).toEqual(MAP)
  })

  test('the form that was seen leads on, and keeps what is said of the fields', async () => {
    const app = await aLack()
    const next = await sendStep(app, COLUMNS, { 'field-2': 'name', act: 'next' })
    expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
    const { map, fields } = await specificationOf(app)
    expect(map).toEqual({ Number: 'id', Town: 'city', Other: 'name' })
    expect(fields['name']).toMatchObject(UPPER.name)
  })

  test('what they hid is hidden in the columns that take their place', async () => {
    const app = await aLack({ sensitiveColumns: ['Place', 'Phone'] })
    expect(alertOf(await pageOf(await app.get(COLUMNS)))).toContain(
      'Client, Place, Mark, Phone; it has',
    )
    const next = await sendStep(app, COLUMNS, { 'field-2': 'name', act: 'next' })
    expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
    const { sensitiveColumns, fields } = await specificationOf(app)
    expect([sensitiveColumns, fields['city']?.sensitive]).toEqual([[], true])
  })

  test('a column that is left out or used otherwise is guessed for no field', async () => {
    for (const more of [
      { leaveOut: ['Town'] },
      { fields: { note: { from: { kind: 'template', text: '{Town}' } } }, map: { Place: 'city' } },
    ]) {
      const app = await aLack(more)
      const page = await pageOf(await app.get(COLUMNS))
      expect(chosenIn(page, 'field-1')).toBe('')
    }
  })
})

test('a template without a table leads to the columns, and tells there what is lacking', async () => {
  const app = await aJobFrom('Number;City;name\n1;Rome;Ann\n', { map: MAP, key: ['id'] })
  const table = await sendStep(app, `${EDIT}/file`, { act: 'next' })
  expect(table.headers.get('location')).toBe(COLUMNS)
  const page = await pageOf(await app.get(COLUMNS))
  expect(alertOf(page)).toContain('no columns Client, Place, Mark;')
  expect(textsOf(page, '.column-table .guessed')).toEqual([
    'guessed, in place of Place',
    'guessed, in place of Client',
  ])
})
