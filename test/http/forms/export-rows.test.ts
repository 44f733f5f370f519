import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { decoded, pageOf, textOf } from '../../support/pages/html.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

async function aShop() {
  const app = await anApp()
  await sql`create table goods (id integer primary key, name text, price integer)`.execute(app.db)
  await sql`insert into goods values (1, 'Chair', 12), (2, 'Table', 100), (3, '=1+1', 5)`.execute(
    app.db,
  )
  return app
}

const ASKED = {
  table: 'goods',
  fileName: 'out.csv',
  header: 'yes',
  columns: 'name, price',
  titles: 'Article',
  filterKind: 'any',
  filterField1: 'price',
  filterOperator1: 'less',
  filterValue1: '10',
  filterField2: 'name',
  filterOperator2: 'is',
  filterValue2: 'Table',
  order: 'price desc, name',
  mostRows: '7',
  safeCells: 'yes',
}

const send = (app: TestApp, answers: Record<string, string>) =>
  app.post('/jobs/new/export', Object.entries(answers))

describe('the rows that the form of an export asks for', () => {
  test('are written, and stay in the form', async () => {
    const app = await aShop()
    expect((await send(app, { ...ASKED, act: 'save' })).status).toBe(303)
    expect(await requireJob(app.db, 1)).toMatchObject({
      specification: {
        names: { name: 'Article' },
        filter: { kind: 'any', of: [{ field: 'price', operator: 'less' }, { value: 'Table' }] },
        order: [
          { field: 'price', direction: 'desc' },
          { field: 'name', direction: 'asc' },
        ],
        mostRows: 7,
      },
    })
    const page = await pageOf(await app.get('/jobs/1/specification'))
    const valueOf = (name: string) =>
      page.querySelector(`[name="${name}"]`)?.getAttributeValue('value')
    expect(valueOf('titles')).toBe('Article, price')
    expect(valueOf('order')).toBe('price desc, name asc')
    expect(valueOf('filterValue1')).toBe('10')
    await app.post('/jobs/1/start')
    await runWaiting(app.store)
    expect(readFileSync(path.join(app.folder, 'out.csv'), 'utf8')).toBe(
      "Article,price\nTable,100\n'=1+1,5\n",
    )
    const told = textOf((await pageOf(await app.get('/jobs/1'))).querySelector('[id="main"]'))
    expect(told).toContain('price is less than 10 or name is Table')
    expect(told).toContain('price desc, name')
  })

  test('are shown before anything is saved, with the statement that reads them', async () => {
    const app = await aShop()
    const page = await pageOf(await send(app, { ...ASKED, act: 'preview' }))
    const [file, statement] = page
      .querySelectorAll('#preview pre')
      .map((one) => decoded(one.textContent))
    expect(file).toContain("Article,price\nTable,100\n'=1+1,5")
    expect(statement).toContain(`where ("price" < 10 or "name" = 'Table')`)
    expect(statement).toContain('limit 7')
    expect(page.querySelector('#field-order')?.getAttributeValue('value')).toBe('price desc, name')
    await expect(requireJob(app.db, 1)).rejects.toThrow()
  })

  test.each([
    [{ filterValue1: 'cheap' }, 'filter', 'can have no value like cheap'],
    [{ filterValue1: '' }, 'filter', ''],
    [{ titles: 'a, b, c' }, 'titles', 'more titles than columns'],
    [{ mostRows: 'many' }, 'mostRows', ''],
  ])('are refused with %o, at the field', async (wrong, field, sentence) => {
    const app = await aShop()
    const page = await pageOf(await send(app, { ...ASKED, ...wrong, act: 'preview' }), 422)
    expect(textOf(page.querySelector(`#error-${field}`))).toContain(sentence)
    expect(page.querySelector('#preview')).toBeNull()
  })

  test('are those that changed since the last run of the template, as the preview says', async () => {
    const app = await aShop()
    const asked = { table: 'goods', fileName: 'new.csv', differential: 'price' }
    const limited = await send(app, { ...asked, mostRows: '7', act: 'save' })
    expect(textOf((await pageOf(limited, 422)).querySelector('#error-mostRows'))).toContain(
      'the rows beyond would be in no run',
    )
    expect((await send(app, { ...asked, act: 'start' })).status).toBe(303)
    await runWaiting(app.store)
    const saved = await app.post('/jobs/1/template', [['name', 'Nightly']])
    expect(saved.status).toBe(303)
    const page = await pageOf(await app.get('/jobs/new/export?template=1'))
    expect(page.querySelector('#field-differential')?.getAttributeValue('value')).toBe('price')
    const preview = await send(app, {
      ...asked,
      fileName: 'newer.csv',
      template: '1',
      act: 'preview',
    })
    const [, statement] = (await pageOf(preview)).querySelectorAll('#preview pre')
    expect(decoded(statement?.textContent ?? '')).toContain(`where (("price" > 100) or`)
    const told = textOf((await pageOf(await app.get('/jobs/1'))).querySelector('[id="main"]'))
    expect(told).toContain('Only what changed, by the fieldprice')
  })

  test('have their values written in the formats that are chosen for their columns', async () => {
    const app = await aShop()
    const asked = { table: 'goods', fileName: 'out.csv', 'format:price': 'yes_no' }
    await send(app, { ...asked, safeCells: 'yes', act: 'save' })
    const page = await pageOf(await app.get('/jobs/1/specification'))
    const selects = page.querySelectorAll('#form-formats select')
    expect(selects.map((select) => select.getAttributeValue('name'))).toEqual([
      'format:id',
      'format:price',
    ])
    expect(page.querySelector('#form-formats option[selected]')?.getAttributeValue('value')).toBe(
      'yes_no',
    )
    expect(textOf(page.querySelector('#job-form'))).not.toContain('Stays as it is')
    const edited = { ...asked, 'format:price': 'decimal_comma', act: 'start' }
    await app.post('/jobs/1/specification', Object.entries(edited))
    await sql`update goods set price = 1200 where id = 1`.execute(app.db)
    await runWaiting(app.store)
    const written = readFileSync(path.join(app.folder, 'out.csv'), 'utf8')
    expect(written).toContain('1,Chair,1.200\n')
  })
})
