import { describe, expect, test } from 'vitest'
import type { HtmlElement } from 'html-validate'
import { aJobOf, EDIT } from '../../support/pages/an-assistant.ts'
import { sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text, born date, city text)'
const COLUMNS = `${EDIT}/columns`
const aPerson = (...tables: string[]) =>
  aJobOf({ 'person.csv': 'id;name;born\n1;Ann;25/12/2020\n' }, ...tables)

/** The inputs that are marked, each of which a sentence leads to and whose details are open. */
function markedIn(page: HtmlElement): string[] {
  const marked = page.querySelectorAll('[aria-invalid="true"]')
  for (const input of marked) {
    const id = input.getAttributeValue('id') ?? ''
    // What is asked anew is no answer.
    if (!input.hasAttribute('aria-describedby')) continue
    const [note = ''] = (input.getAttributeValue('aria-describedby') ?? '').split(' ')
    const sentence = page.querySelector(`[role="alert"] #${note}`)
    expect([id, sentence?.getAttributeValue('href')]).toEqual([id, `#${id}`])
    for (let up = input.parent; up !== null; up = up.parent) {
      if (up.is('details')) expect([id, up.hasAttribute('open')]).toEqual([id, true])
    }
  }
  expect(page.querySelectorAll('[autofocus]')).toHaveLength(1)
  return marked.map((input) => input.getAttributeValue('id') ?? '')
}

describe('what is refused at the columns is marked where it was typed', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'answers that are none',
      {
        'change-0-2': 'pad_start',
        'first-0-2': 'x',
        'pattern-1': '(',
        'change-1-1': 'trim',
        'second-1-1': 'y',
        'from-0': '',
        'text-0': 'Madrid',
      },
      ['first-0-2', 'second-1-1', 'text-0'],
    ],
    ['a pattern that is none', { 'pattern-1': '(' }, ['pattern-1']],
    [
      'bounds that are no values of their fields',
      { 'least-0': 'abc', 'oneOf-2': 'soon', 'required-2': 'yes' },
      ['least-0', 'oneOf-2'],
    ],
    [
      'a table in which nothing can be looked for',
      { 'existsTable-1': 'no', 'existsColumn-1': 'x' },
      ['existsTable-1'],
    ],
    ['expressions that are none', { 'from-0': 'expression', 'text-0': 'record.(' }, ['text-0']],
    ['a field that two columns fill', { 'field-2': 'name' }, ['field-2']],
  ])('%s', async (_name, sent, inputs) => {
    const app = await aPerson(TABLE)
    const page = await pageOf(await sendStep(app, COLUMNS, { ...sent, act: 'next' }), 422)
    expect(markedIn(page)).toEqual(inputs)
  })

  test('also where they were saved before, and values that can be read in two ways', async () => {
    const app = await aJobOf(
      { 'person.csv': 'id;name;born\n1;Ann;5/12/2020\n2;Bob;1/2/2020\n' },
      TABLE,
    )
    const answer = await sendStep(app, COLUMNS, { 'least-0': 'abc', act: 'save' })
    expect(answer.status).toBe(303)
    expect(markedIn(await pageOf(await app.get(COLUMNS)))).toEqual(['format-2', 'least-0'])
    const unclear = await sendStep(app, COLUMNS, { 'least-0': '', act: 'next' })
    expect(markedIn(await pageOf(unclear, 422))).toEqual(['format-2'])
  })

  test('several of the rules at once', async () => {
    const app = await aPerson(TABLE)
    const sent = { firstRecord: 'x', lastRecord: '-', maxRejects: 'many', act: 'next' }
    const page = await pageOf(await sendStep(app, `${EDIT}/rules`, sent), 422)
    const marked = page.querySelectorAll('[aria-invalid="true"]')
    expect(marked.map((one) => one.getAttributeValue('name'))).toEqual(
      expect.arrayContaining(['firstRecord', 'lastRecord', 'maxRejects']),
    )
    expect(textOf(page.querySelector('#error-lastRecord'))).not.toBe('')
    expect(page.querySelectorAll('[autofocus]')).toHaveLength(1)
  })
})
