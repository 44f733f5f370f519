import { expect, test } from 'vitest'
import { isShortened } from '../../../src/pipeline/values/shortened.ts'
import { aJobOf, EDIT } from '../../support/pages/an-assistant.ts'
import { pageOf, textsOf } from '../../support/pages/html.ts'

test('numbers of which a spreadsheet left the first digits are told, where the field keeps all of them', async () => {
  const file = 'ean;count;mass\n1.23457E+12;4,1E+12;6.02E+23\n4006381333931;7;1.5\n'
  const table = 'create table thing (ean text, count text, mass real)'
  const app = await aJobOf({ 'things.csv': file }, table)
  const page = await pageOf(await app.get(`${EDIT}/columns`))
  const told = 'such as 1.23457E+12: the other digits are lost'
  expect(textsOf(page, '.shortened')).toEqual([
    expect.stringContaining(`A spreadsheet has shortened 1 number, ${told}`),
    expect.stringContaining('such as 4,1E+12'),
  ])
})

test.each(['1.23457E+12', '-4,00638E+11', '1.0E+100'])('%s is shortened', (text) => {
  expect(isShortened(text)).toBe(true)
})

test.each(['1.23457E+5', '1E+12', '1.234567890123E+12', '1.5e+12', 'E+12', '12.3E+12', ''])(
  '%j is not',
  (text) => expect(isShortened(text)).toBe(false),
)
