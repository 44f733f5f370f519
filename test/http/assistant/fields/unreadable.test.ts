import { expect, test } from 'vitest'
import { aJobOf, EDIT } from '../../../support/pages/an-assistant.ts'
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
