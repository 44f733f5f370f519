import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

async function aBill() {
  const app = await anApp()
  await sql`create table bill (id integer primary key, due date, paid numeric, state text)`.execute(
    app.db,
  )
  await sql`insert into bill values (1, '2026-12-31', 1234.5, 'o'), (2, '1999-01-05', -3, 'p')`.execute(
    app.db,
  )
  return app
}

async function written(app: TestApp, rows: Record<string, string>): Promise<string[]> {
  await exportBySteps(app, 'bill', {
    rows,
    output: { delimiter: 'semicolon', header: null },
    start: { act: 'start' },
  })
  await runWaiting(app.store)
  return readFileSync(path.join(app.folder, 'bill.csv'), 'utf8').trimEnd().split('\n')
}

const answersOf = async (app: TestApp) => {
  const page = await pageOf(await app.get('/jobs/1/edit/rows'))
  return {
    chosen: page
      .querySelectorAll('.column-table option[selected]')
      .map((option) => option.getAttributeValue('value')),
    currency: page.querySelector('[name="currency:paid"]')?.getAttributeValue('value'),
    values: page.querySelector('[name="values:state"]')?.textContent,
  }
}

describe('an export', () => {
  test.each([
    ['dmy_two', '31/12/26', '05/01/99'],
    ['dmy_short_en', '31-Dec-2026', '05-Jan-1999'],
    ['dmy_short_es', '31-dic-2026', '05-ene-1999'],
    ['dmy_long_en', '31 December 2026', '05 January 1999'],
    ['dmy_long_es', '31 diciembre 2026', '05 enero 1999'],
  ])('writes dates as %s', async (format, one, other) => {
    const app = await aBill()
    const lines = await written(app, { 'format:due': format })
    expect(lines.map((line) => line.split(';')[1])).toEqual([one, other])
  })

  test.each([
    ['currency_comma', '', '1.234,5 €', '-3 €'],
    ['currency_comma', 'CHF', '1.234,5 CHF', '-3 CHF'],
    ['currency_point', '', '$1,234.5', '$-3'],
    ['currency_point', '£', '£1,234.5', '£-3'],
  ])('writes amounts as %s with the sign "%s"', async (format, sign, one, other) => {
    const app = await aBill()
    const lines = await written(app, { 'format:paid': format, 'currency:paid': sign })
    expect(lines.map((line) => line.split(';')[2])).toEqual([one, other])
  })

  test('writes values by a list, and others as they are', async () => {
    const app = await aBill()
    const lines = await written(app, { 'values:state': 'o = Open\r\nx = Gone\r\n' })
    expect(lines.map((line) => line.split(';')[3])).toEqual(['Open', 'p'])
  })

  test('shows again what was said, and forgets what is taken away', async () => {
    const app = await aBill()
    const said = {
      'format:due': 'dmy_long_es',
      'format:paid': 'currency_point',
      'currency:paid': '£',
      'values:state': 'o = Open',
    }
    await exportBySteps(app, 'bill', { rows: said })
    expect(await answersOf(app)).toEqual({
      chosen: ['dmy_long_es', 'currency_point'],
      currency: '£',
      values: 'o = Open',
    })
    const before = await requireJob(app.db, 1)
    await sendStep(app, '/jobs/1/edit/rows', { act: 'again' })
    expect(await requireJob(app.db, 1)).toEqual(before)
    await sendStep(app, '/jobs/1/edit/rows', {
      'values:state': '',
      'format:paid': '',
      act: 'again',
    })
    expect((await requireJob(app.db, 1)).specification.fields).toEqual({
      due: { format: expect.objectContaining({ month: 'long', language: 'es' }) },
    })
  })
})

test('a value that is listed twice is refused, and how values are written is told by an example', async () => {
  const app = await aBill()
  const made = { 'values:state': 'o = open\no = also open', act: 'next' }
  await exportBySteps(app, 'bill', {})
  const refused = await sendStep(app, '/jobs/1/edit/rows', made)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('The value o is listed twice')

  await sendStep(app, '/jobs/1/edit/rows', {
    'format:due': 'dmy_two',
    'format:paid': 'currency_comma',
    'currency:paid': 'CHF',
    'values:state': 'o = open\np = paid',
    act: 'next',
  })
  const page = await pageOf(await app.get('/jobs/1'))
  expect(textOf(page.querySelector('main'))).toMatch(
    /due: written as 31\/12\/26.*paid: written as 1\.234,5 CHF.*state: o = open, p = paid; a value that is not listed stays as it is/s,
  )
})
