import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aJobOf, EDIT, specificationOf } from '../../support/pages/an-assistant.ts'
import { anApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const ROWS = {
  'take:id': null,
  'place:price': '1',
  'title:name': 'Article',
  'format:price': 'decimal_comma',
  'sort-1': 'price',
  'field-1-1': 'price',
  'operator-1-1': 'less',
  'value-1-1': '10',
  mostRows: '7',
}

/** What the rows of an export say. */
async function rowsOf(app: Awaited<ReturnType<typeof aShop>>, id: number) {
  const { type, specification } = await requireJob(app.db, id)
  if (type !== 'export') throw new Error('no export')
  const { columns, names, fields, order, filter, mostRows } = specification
  return { columns, names, fields, order, filter, mostRows }
}

async function aShop() {
  const app = await anApp()
  await sql`create table goods (id integer primary key, name text, price integer)`.execute(app.db)
  await sql`create table bills (id integer primary key, paid integer)`.execute(app.db)
  await exportBySteps(app, 'goods', { rows: ROWS })
  return app
}

test('an export takes its first table again with columns, formats, rows and order', async () => {
  const app = await aShop()
  const before = await rowsOf(app, 1)
  await sendStep(app, `${EDIT}/table`, { table: 'bills', act: 'next' })
  await sendStep(app, `${EDIT}/rows`, { 'take:paid': null, act: 'next' })
  await sendStep(app, `${EDIT}/table`, { table: 'goods', act: 'next' })
  expect(await rowsOf(app, 1)).toEqual(before)
  await sendStep(app, `${EDIT}/table`, { table: 'bills', act: 'next' })
  expect(await rowsOf(app, 1)).toMatchObject({ columns: ['id'], filter: null, mostRows: null })
  const journal = textsOf(await pageOf(await app.get('/jobs/1/journal')), '.journal tbody tr')
  expect(journal.join()).toContain('The table was changed from goods to bills.')
})

test('a job from a template is one of it as long as it has its table', async () => {
  const app = await aShop()
  const before = await rowsOf(app, 1)
  await app.post('/jobs/1/template', [['name', 'Goods']])
  const first = await sendStep(app, '/jobs/new/export?template=1', {})
  expect(first.headers.get('location')).toBe('/jobs/2/edit/output')
  const runs = async () => {
    const page = await pageOf(await app.get('/templates/1'))
    return textOf(page.querySelector('#runs'))
  }
  expect(await runs()).toContain('2 goods')
  await sendStep(app, '/jobs/2/edit/table', { table: 'bills', act: 'next' })
  expect((await requireJob(app.db, 2)).template).toBeNull()
  expect(await runs()).not.toContain('2 bills')
  await sendStep(app, '/jobs/2/edit/table', { table: 'goods', act: 'next' })
  expect(await requireJob(app.db, 2)).toMatchObject({ template: '1' })
  expect(await rowsOf(app, 2)).toEqual(before)

  const other = await sendStep(app, '/jobs/new/export?template=1', { table: 'bills' })
  expect(other.headers.get('location')).toBe('/jobs/3/edit/rows')
  expect(await requireJob(app.db, 3)).toMatchObject({ template: null, label: 'bills → bills.csv' })
  await sendStep(app, '/jobs/3/edit/table', { table: 'goods', act: 'next' })
  expect(await requireJob(app.db, 3)).toMatchObject({ template: '1' })
  expect(await rowsOf(app, 3)).toEqual(before)
  await sendStep(app, '/jobs/3/edit/start', { act: 'start' })
  await runWaiting(app.store)
  expect((await requireJob(app.db, 3)).status).toBe('finished')
})

test('an import takes its first table again with what was said of its columns', async () => {
  const app = await aJobOf(
    { 'people.csv': 'id;name;born\n1;Ann;31/12/1990\n' },
    'create table customers (id integer primary key, name text, born date, city text)',
    'create table guests (id integer primary key, name text)',
  )
  const said = { table: 'customers', 'field-1': 'city', 'key-0': 'yes', 'format-2': 'dmy' }
  await sendStep(app, `${EDIT}/columns`, { table: 'customers', act: 'again' })
  await sendStep(app, `${EDIT}/columns`, { ...said, act: 'next' })
  const before = await specificationOf(app)
  expect(before.map).toMatchObject({ name: 'city' })
  await sendStep(app, `${EDIT}/columns`, { table: 'guests', act: 'again' })
  expect((await specificationOf(app)).fields).toEqual({})
  await sendStep(app, `${EDIT}/columns`, { table: 'customers', act: 'again' })
  expect(await specificationOf(app)).toEqual(before)
})

/** 40 of them are more than an entry of the journal has in one text. */
const LONG_LIST = Array.from({ length: 60 }, (_, at) => ({ written: `word ${at}`, value: `${at}` }))

test('all is taken again, however much is said of the fields', async () => {
  const fields = Array.from({ length: 40 }, (_, at) => `field_${at}`)
  const app = await aJobOf(
    { 'wide.csv': `${fields.join(';')}\n${fields.map(() => '1').join(';')}\n` },
    `create table wide (${fields.map((name) => `${name} text`).join(', ')})`,
    'create table other (field_0 text)',
  )
  const said = Object.fromEntries(
    fields.map((name) => [name, { format: { kind: 'enumeration', values: LONG_LIST } }]),
  )
  const specification = parseImportSpecification({ ...(await specificationOf(app)), fields: said })
  const job = importJob(specification, { fileName: 'wide.csv' })
  await editSpecification(app.db, 1, job, { now: NOON, actor: OPERATOR })
  for (const table of ['other', 'wide'])
    await sendStep(app, `${EDIT}/columns`, { table, act: 'again' })
  const { table, fields: found } = await specificationOf(app)
  expect([table, found]).toEqual(['wide', specification.fields])
})
