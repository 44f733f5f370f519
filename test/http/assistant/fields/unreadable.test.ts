import { expect, test } from 'vitest'
import { aJobOf, EDIT } from '../../../support/pages/an-assistant.ts'
import { sendStep } from '../../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../../support/pages/html.ts'

const TABLE = 'create table code (code text primary key, name text)'

async function columnsOf(file: string) {
  const app = await aJobOf({ 'codes.csv': file }, TABLE)
  const page = await pageOf(await app.get(`${EDIT}/columns`))
  const told = page.querySelector('#unreadable')
  return {
    told: told === null ? undefined : textOf(told),
    checked: textsOf(page, '.column-table td:last-child'),
  }
}

test('records that cannot be read are told beside the columns, which they say nothing of', async () => {
  expect((await columnsOf('code,name\n1,Ann\n="2",Bob\n')).told).toContain(
    '1 of the first 2 records cannot be read and would be rejected.',
  )
  const { told, checked } = await columnsOf('code,name\n="1",Ann\n="2",Bob\n')
  expect(told).toContain('2 of the first 2 records')
  expect(checked).toEqual(['–', '–'])
  expect(await columnsOf('code,name\n1,Ann\n')).toEqual({
    told: undefined,
    checked: ['✓ all fit', '✓ all fit'],
  })
})

test('records that cannot be read are not among those that fit', async () => {
  const days = 'code,day\n1,03/25/2026\n2,04/25/2026\n3,25/04/2026\n="4",05/25/2026\n'
  const app = await aJobOf(
    { 'days.csv': days },
    'create table visit (code integer primary key, day date)',
  )
  await sendStep(app, `${EDIT}/columns`, { 'format-1': 'dmy', act: 'save' })
  const page = await pageOf(await app.get(`${EDIT}/columns`))
  expect(textOf(page.querySelector('.better'))).toMatch(/^1 of 3 fits; .* 2 would\.$/)
})
