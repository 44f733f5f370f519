import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { aJobOf, EDIT, specificationOf } from '../../support/pages/an-assistant.ts'
import { anApp } from '../../support/pages/app.ts'
import { filledIn, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text, city text)'
const COLUMNS = `${EDIT}/columns`
const aPerson = (...tables: string[]) => aJobOf({ 'person.csv': 'id;name\n1;Ann\n' }, ...tables)

/** The sentence of a refusal, whose form has what was sent. */
async function refused(answer: Response, sent: Record<string, string>): Promise<string> {
  const page = await pageOf(answer, 422)
  const { act: _act, ...typed } = sent
  expect(filledIn(page.querySelector('#step-form'))).toMatchObject(typed)
  return textOf(page.querySelector('main [role="alert"], main .field-error'))
}

describe('at the columns, half of a row is refused by name', () => {
  test.each([
    [
      'a text that nothing makes a value of',
      { 'text-0': 'Madrid' },
      'city: Choose what "Madrid" is that fills the field, or clear it.',
    ],
    [
      'texts of no change',
      { 'first-1-2': 'a', 'second-1-2': 'b' },
      'name: Choose what change 2 does, or clear its texts.',
    ],
    [
      'a text beside what takes none',
      { 'from-0': 'job', 'text-0': 'Madrid' },
      'city: What Tallyman itself fills in has no use for "Madrid": clear it, or choose that it is a fixed value, a template or an expression.',
    ],
    [
      'a text of a change that takes none',
      { 'change-1-1': 'trim', 'first-1-1': 'x' },
      'name: Change 1 has no use for "x": clear it, or choose another change.',
    ],
    [
      'a second text of a change that takes one',
      { 'change-1-2': 'upper', 'first-1-2': 'es', 'second-1-2': ' y' },
      'name: Change 2 has no use for "y": clear it, or choose another change.',
    ],
    [
      'what becomes of values that are not listed, without a list',
      { 'otherwise-1': 'fixed', 'fixed-1': 'x' },
      'name: Write the values that the list has, or let a value that is not listed reject its record.',
    ],
  ])('%s', async (_name, half, sentence) => {
    const app = await aPerson(TABLE)
    const sent = { ...half, act: 'save' }
    expect(await refused(await sendStep(app, COLUMNS, sent), sent)).toBe(sentence)
    expect((await specificationOf(app)).fields).toEqual({})
  })

  test('a value of a new table that has no name', async () => {
    const app = await aPerson()
    const sent = { 'from-0': 'fixed', 'text-0': 'Madrid', act: 'save' }
    expect(await refused(await sendStep(app, COLUMNS, sent), sent)).toBe(
      'Name the further field that is filled with "Madrid", or clear its row.',
    )
  })

  test('a line of a list that gives no new value', async () => {
    const app = await aPerson(TABLE)
    const list = 'Ann = Anna\r\nBo → Bob\r\nCy->Cyd\r\n'
    const sent = { 'enumeration-1': `${list}bad`, act: 'save' }
    expect(await refused(await sendStep(app, COLUMNS, sent), sent)).toBe(
      'name: Write an equals sign between two values: "bad" has none, as in old = new.',
    )
    await sendStep(app, COLUMNS, { ...sent, 'enumeration-1': list })
    expect((await specificationOf(app)).fields['name']?.format).toMatchObject({
      values: [
        { written: 'Ann', value: 'Anna' },
        { written: 'Bo', value: 'Bob' },
        { written: 'Cy', value: 'Cyd' },
      ],
    })
  })

  test('but what was shown so is taken back by its first choice alone', async () => {
    const app = await aPerson(TABLE)
    const whole = {
      'from-0': 'fixed',
      'text-0': 'Madrid',
      'change-1-1': 'replace',
      'first-1-1': 'a',
      'enumeration-1': 'Ann = Anna',
      'otherwise-1': 'fixed',
      'fixed-1': 'x',
    }
    await sendStep(app, COLUMNS, { ...whole, act: 'save' })
    expect(Object.keys((await specificationOf(app)).fields)).toEqual(['name', 'city'])
    const other = { 'from-0': 'time', 'change-1-1': 'trim', act: 'save' }
    expect((await sendStep(app, COLUMNS, other)).status).toBe(303)
    await sendStep(app, COLUMNS, { ...whole, act: 'save' })
    const back = { 'from-0': '', 'change-1-1': '', 'enumeration-1': '', act: 'save' }
    expect((await sendStep(app, COLUMNS, back)).status).toBe(303)
    expect((await specificationOf(app)).fields).toEqual({})
  })
})

test('a value of a filter that has no column is refused, and not all records taken', async () => {
  const app = await aPerson(TABLE)
  await sendStep(app, COLUMNS, { act: 'next' })
  const sent = { 'value-2': 'Ann', act: 'next' }
  expect(await refused(await sendStep(app, `${EDIT}/rules`, sent), sent)).toBe(
    'Choose the field of the condition 2, or clear its value "Ann".',
  )
  await sendStep(app, `${EDIT}/rules`, { 'column-1': 'name', 'value-1': 'Ann', act: 'save' })
  await sendStep(app, `${EDIT}/rules`, { 'column-1': '', act: 'save' })
  expect((await specificationOf(app)).filter).toBeNull()
})

test('a value of a condition of an export that has no field is refused', async () => {
  const app = await anApp()
  await sql.raw(TABLE).execute(app.db)
  await sendStep(app, '/jobs/new/export', { table: 'person' })
  const sent = { 'value-1-2': 'Ann', act: 'next' }
  expect(await refused(await sendStep(app, `${EDIT}/rows`, sent), sent)).toBe(
    'Choose the field of the condition 1.2, or clear its value "Ann".',
  )
  expect(await requireJob(app.db, 1)).toMatchObject({ specification: { filter: null } })
})
