import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { anApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf } from '../../support/pages/html.ts'

/** The names of the refused inputs of a page, each with its own sentence beside it. */
async function refused(answers: Record<string, string | null>): Promise<string[]> {
  const app = await anApp()
  await sql`create table bill (id integer primary key, "paid on" date, amount numeric)`.execute(
    app.db,
  )
  await exportBySteps(app, 'bill', {})
  const page = await pageOf(
    await sendStep(app, '/jobs/1/edit/rows', { act: 'next', ...answers }),
    422,
  )
  expect(page.querySelectorAll('[autofocus]')).toHaveLength(1)
  return page.querySelectorAll('[aria-invalid="true"]').map((input) => {
    const name = input.getAttributeValue('name') ?? ''
    const [note = ''] = (input.getAttributeValue('aria-describedby') ?? '').split(' ')
    const sentence = page.querySelector(`#${note}`)
    expect([name, sentence?.getAttributeValue('class')]).toEqual([name, 'field-error'])
    for (let up = input.parent; up !== null; up = up.parent) {
      if (up.is('details')) expect([name, up.hasAttribute('open')]).toEqual([name, true])
    }
    return name
  })
}

test.each<[string, Record<string, string | null>, string[]]>([
  [
    'all that is wrong at once',
    { 'place:paid on': 'two', 'value-1-1': '5', mostRows: 'many' },
    ['place:paid on', 'field-1-1', 'mostRows'],
  ],
  ['a condition without a value', { 'field-1-2': 'amount', 'operator-1-2': 'less' }, ['value-1-2']],
  [
    'a value that is none of its field, also in a further group',
    { 'field-1-1': 'amount', 'value-1-1': '5', 'field-2-1': 'amount', 'value-2-1': '1.200,50' },
    ['value-2-1'],
  ],
  ['two equal titles', { 'title:paid on': 'Sum', 'title:amount': 'Sum' }, ['title:amount']],
  ['a list that is none', { 'values:amount': 'old new' }, ['values:amount']],
  ['a value listed twice', { 'values:amount': '1 = a\n1 = b' }, ['values:amount']],
  [
    'a currency that is none',
    { 'format:amount': 'currency_comma', 'currency:amount': '5' },
    ['currency:amount'],
  ],
])('the rows of an export tell %s where it was typed', async (_name, answers, inputs) => {
  expect(await refused(answers)).toEqual(inputs)
})
