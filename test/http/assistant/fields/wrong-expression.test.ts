import { expect, test } from 'vitest'
import { aJobOf, EDIT, send } from '../../../support/pages/an-assistant.ts'
import { pageOf, textsOf } from '../../../support/pages/html.ts'

test('only the expression that is none is told to be wrong', async () => {
  const app = await aJobOf(
    { 'bill.csv': 'id;paid\n1;2\n' },
    'create table bill (id integer primary key, paid integer, twice integer, thrice integer)',
  )
  const expressions = {
    'field-0': 'id',
    'key-0': 'yes',
    'field-1': 'paid',
    'made-0': 'twice',
    'from-0': 'expression',
    'text-0': 'record.paid * 2',
    'made-1': 'thrice',
    'from-1': 'expression',
    'text-1': 'while (1) {}',
  }
  await send(app, `${EDIT}/columns`, { ...expressions, act: 'save' })
  const told = async () => textsOf(await pageOf(await app.get(`${EDIT}/columns`)), '.calculated')
  expect(await told()).toEqual([
    "An expression cannot be understood or does not work: unexpected token in expression: 'while'.",
  ])

  await send(app, `${EDIT}/columns`, { ...expressions, 'text-1': 'record.paid * 3', act: 'save' })
  expect(await told()).toEqual([
    'Calculated for the first 1: 4 ✓ all fit',
    'Calculated for the first 1: 6 ✓ all fit',
  ])
})
