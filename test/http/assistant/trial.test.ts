import { describe, expect, test } from 'vitest'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'
import type { TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text, mail text)'
const FILE = {
  'person.csv': 'id,name,mail\n1,Ana,ana@x.example\n2,Bea,bea@x.example\n3,Eva,eva@x.example\n',
}

async function tryOut(app: TestApp, answers: Record<string, string>) {
  const tried = await send(app, `${EDIT}/try`, answers)
  expect(tried.headers.get('location')).toBe(`${EDIT}/try`)
  await runWaiting(app.store)
  return await pageOf(await app.get(`${EDIT}/try`))
}

const NEW = '[aria-labelledby="new-rows-title"] tbody tr'
const CHANGED = '[aria-labelledby="changes-title"] tbody tr'

describe('a trial', () => {
  test('shows new rows as they would be written, apart from those that change', async () => {
    const app = await aJobOf(FILE, TABLE, "insert into person values (2, 'Bee', null)")
    const page = await tryOut(app, { act: 'try_all' })
    expect(textOf(page.querySelector('#new-rows-title'))).toBe(
      'The first new rows, as they would be written',
    )
    expect(textsOf(page, NEW)).toEqual(['21Anaana@x.example', '43Evaeva@x.example'])
    expect(textsOf(page, CHANGED)).toEqual(['3updated2Bee Beanothing bea@x.example'])
  })

  test('masks what is sensitive in new rows', async () => {
    const app = await aJobOf(FILE, TABLE)
    const fields = { 'field-0': 'id', 'field-1': 'name', 'field-2': 'mail', 'key-0': 'yes' }
    const sensitive = { 'sensitive-2': 'yes', 'asked-2': 'yes' }
    await send(app, `${EDIT}/columns`, { ...fields, ...sensitive, act: 'next' })
    const page = await tryOut(app, { act: 'try_all' })
    expect(textsOf(page, NEW)).toEqual(['21Ana***', '32Bea***', '43Eva***'])
    expect(page.querySelector('#changes-title')).toBeNull()
  })

  test('shows the values of a new table in the formats that were chosen', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;born;paid\n1;25/12/48;£1,234.50\n' })
    const page = await tryOut(app, { act: 'try_all' })
    expect(textsOf(page, NEW)).toEqual([expect.stringMatching(/^212048-12-251234\.50?$/)])
  })

  test('takes as many of the first records as were typed', async () => {
    const app = await aJobOf(FILE, TABLE)
    const before = await pageOf(await app.get(`${EDIT}/try`))
    const records = (page: typeof before) =>
      page.querySelector('[name="records"]')?.getAttributeValue('value')
    expect(records(before)).toBe('1000')
    const page = await tryOut(app, { act: 'try', records: ' 2 ' })
    expect(await specificationOf(app, 2)).toMatchObject({ dryRun: true, lastRecord: 2 })
    expect(textsOf(page, NEW)).toHaveLength(2)
    expect(records(page)).toBe('2')
    expect(page.querySelector('#trial .misfits')).toBeNull()
    expect(await specificationOf(app)).toMatchObject({ dryRun: false, lastRecord: null })

    const changed = await send(app, `${EDIT}/rules`, { operation: 'insert', act: 'next' })
    expect(changed.status).toBe(303)
    const stale = await pageOf(await app.get(`${EDIT}/try`))
    expect(textOf(stale.querySelector('#trial .misfits'))).toContain('changed since this trial')
  })

  test('is made also of a file that was imported before without a key', async () => {
    const app = await aJobOf(FILE, 'create table note (id integer, name text, mail text)')
    await send(app, `${EDIT}/try`, { act: 'start' })
    await runWaiting(app.store)
    const file = `0.${Buffer.from('person.csv').toString('base64url')}`
    const again = await send(app, '/jobs/new/import', { step: 'file', file, header: 'yes' })
    const edit = (again.headers.get('location') ?? '').replace(/\/edit.*/, '/edit')
    const started = await send(app, `${edit}/try`, { act: 'start' })
    expect(textOf((await pageOf(started, 422)).querySelector('#error-again'))).toContain('already')
    for (const act of ['try', 'try_all']) {
      const tried = await send(app, `${edit}/try`, { act, records: '2' })
      expect(tried.headers.get('location')).toBe(`${edit}/try`)
      await runWaiting(app.store)
      const page = await pageOf(await app.get(`${edit}/try`))
      expect(textsOf(page, NEW)).toHaveLength(act === 'try' ? 2 : 3)
    }
  })

  test('asks for a number of records', async () => {
    const app = await aJobOf(FILE, TABLE)
    for (const records of ['', '0', '-1', '1.5', 'all']) {
      const refused = await send(app, `${EDIT}/try`, { act: 'try', records })
      const page = await pageOf(refused, 422)
      expect(textOf(page.querySelector('#error-records'))).toBe(
        'Write a whole number, such as 100.',
      )
    }
    expect((await app.get('/jobs/2')).status).toBe(404)
  })

  test('is not left by the Enter key, which starts nothing', async () => {
    const app = await aJobOf(FILE, TABLE)
    const page = await pageOf(await app.get(`${EDIT}/try`))
    const [first] = page.querySelectorAll('#step-form button')
    const act = first?.getAttributeValue('value') ?? ''
    const entered = await send(app, `${EDIT}/try`, { act, label: 'Mine', records: '5' })
    expect(entered.headers.get('location')).toBe(`${EDIT}/try`)
    const saved = await pageOf(await app.get(`${EDIT}/try`))
    expect(saved.querySelector('[name="label"]')?.getAttributeValue('value')).toBe('Mine')
  })
})
