import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { EDIT, specificationOf } from '../../support/pages/an-assistant.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const COLUMNS = `${EDIT}/columns`
const MISSING = 'The file has no column "nope"; it has id, name, born.'

const condition = { kind: 'condition', column: 'nope', operator: 'is', value: 'x' }
const template = (text: string) => ({ city: { from: { kind: 'template', text } } })

/** A job whose specification says this of a file with the columns id, name and born. */
async function aJobThatSays(given: Record<string, unknown>): Promise<TestApp> {
  const app = await anApp()
  const file = path.join(app.folder, 'people.csv')
  writeFileSync(file, 'id;name;born\n1;Ann;1990-12-31\n')
  await sql`create table customers
    (id integer primary key, name text not null, born date, city text)`.execute(app.db)
  const whole = { path: file, table: 'customers', key: ['id'], ...given }
  const job = importJob(parseImportSpecification(whole), {})
  await createJob(app.db, job, { now: NOON, actor: OPERATOR })
  return app
}

describe.each([
  ['a value that is put together', { fields: template('{nope} x') }, `city: ${MISSING}`],
  ['a column that fills a field', { map: { nope: 'city' } }, MISSING],
  [
    'a filter',
    { filter: { kind: 'any', of: [condition, { kind: 'all', of: [condition] }] } },
    MISSING,
  ],
  [
    'a value of a new table',
    { table: 'fresh', create: true, fields: template('{nope}') },
    `city: ${MISSING}`,
  ],
  [
    'a field that the table lacks',
    { map: { name: 'surname' } },
    'The table customers has no column "surname"; it has id, name, born, city.',
  ],
])('%s that names what is not there', (_name, given, sentence) => {
  test('is told on a page with all columns, which can be corrected', async () => {
    const app = await aJobThatSays(given)
    const page = await pageOf(await app.get(COLUMNS))
    expect(textOf(page.querySelector('main [role="alert"]'))).toBe(sentence)
    expect(textsOf(page, '.column-table tbody th')).toEqual(['id', 'name', 'born'])

    const corrected = { 'field-1': 'name', 'from-0': '', 'text-0': '', act: 'next' }
    const next = await sendStep(app, COLUMNS, corrected)
    expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
    const { map, fields } = await specificationOf(app)
    expect([map['nope'], map['name'], fields['city']]).toEqual([undefined, 'name', undefined])
  })
})

test('a wrong column that is typed is refused with its rows, and can be corrected', async () => {
  const app = await aJobThatSays({})
  const wrong = { 'from-0': 'template', 'text-0': '{nope} x', act: 'next' }
  const refused = await pageOf(await sendStep(app, COLUMNS, wrong), 422)
  expect(textOf(refused.querySelector('main [role="alert"]'))).toContain(MISSING)
  expect(refused.querySelector('[name="text-0"]')?.getAttributeValue('value')).toBe('{nope} x')

  const page = await pageOf(await app.get(COLUMNS))
  expect(page.querySelector('[name="text-0"]')?.getAttributeValue('value')).toBe('{nope} x')
  const next = await sendStep(app, COLUMNS, { 'text-0': '{name} x', act: 'next' })
  expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
  expect((await specificationOf(app)).fields).toMatchObject(template('{name} x'))
})

test('a column that was renamed after a value was made of it can be named anew', async () => {
  const app = await aJobThatSays({ fields: template('{name} x') })
  await sendStep(app, `${EDIT}/file`, { columns: 'id, full, born', act: 'again' })
  const page = await pageOf(await app.get(COLUMNS))
  expect(textsOf(page, '.column-table tbody th')).toEqual(['id', 'full', 'born'])
  // The field that lost its column comes before the one that is made.
  const named = { 'field-1': 'name', 'text-1': '{full} x', act: 'next' }
  const next = await sendStep(app, COLUMNS, named)
  expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
})

test('a filter on a column that is not there is refused where it is asked for', async () => {
  const app = await aJobThatSays({ filter: { kind: 'all', of: [condition] } })
  const refused = await pageOf(await sendStep(app, `${EDIT}/rules`, { act: 'next' }), 422)
  expect(textOf(refused.querySelector('main [role="alert"]'))).toBe(MISSING)
  await sendStep(app, `${EDIT}/rules`, { 'column-1': 'name', act: 'next' })
  expect((await specificationOf(app)).filter).toMatchObject({ of: [{ column: 'name' }] })
})
