import { describe, expect, test } from 'vitest'
import { aJobOf, EDIT, send } from '../../../support/pages/an-assistant.ts'
import { sendStep } from '../../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../../support/pages/html.ts'

const COLUMNS = `${EDIT}/columns`
const FILE = 'id;name;city;note\n1;Ann;Rome;x\n2;;;\n3;" ";;\n'

/** What the columns step says of the values of each column. */
const checkedOf = async (app: Awaited<ReturnType<typeof aJobOf>>) =>
  textsOf(await pageOf(await app.get(COLUMNS)), '.column-table td:last-child')

const aJob = () =>
  aJobOf(
    { 'people.csv': FILE },
    `create table people (id integer primary key, name text not null,
     city text not null default 'none', note text)`,
  )

describe('an empty value of a field that needs one', () => {
  test('does not fit, unless a default fills it', async () => {
    expect(await checkedOf(await aJob())).toEqual([
      '✓ all fit',
      '1 does not fit: empty (line 3)',
      '✓ all fit',
      '✓ all fit',
    ])
  })

  test('does not fit where it overwrites, default or not', async () => {
    const app = await aJob()
    await sendStep(app, `${EDIT}/rules`, { empties: 'overwrite', act: 'save' })
    expect((await checkedOf(app))[2]).toBe('2 do not fit: empty (line 3)empty (line 4)')
  })

  test('fits where it leaves the rows that are there as they are', async () => {
    const app = await aJob()
    await sendStep(app, `${EDIT}/rules`, { operation: 'update', act: 'save' })
    expect(await checkedOf(app)).toEqual(Array(4).fill('✓ all fit'))
    await sendStep(app, `${EDIT}/rules`, { empties: 'overwrite', act: 'save' })
    expect((await checkedOf(app))[1]).toBe('1 does not fit: empty (line 3)')
  })

  test('does not fit a key, unless the second one has a value', async () => {
    const app = await aJobOf(
      { 'codes.csv': 'code;mail;name\nA;a@x;Ann\n;b@x;Bob\n;;Cy\n' },
      'create table codes (code text unique, mail text unique, name text)',
    )
    await sendStep(app, COLUMNS, { 'key-0': 'yes', act: 'save' })
    expect((await checkedOf(app))[0]).toBe('2 do not fit: empty (line 3)empty (line 4)')
    await sendStep(app, `${EDIT}/rules`, { secondKey: 'mail', act: 'save' })
    expect((await checkedOf(app))[0]).toBe('1 does not fit: empty (line 4)')
  })
})

const BILL = `create table bill (
  id integer primary key, payer text not null, place text not null default 'here', note text
)`

test('fields without which no record can be inserted are told where nothing fills them', async () => {
  const app = await aJobOf({ 'bill.csv': 'id;who\n1;Ana\n' }, BILL)
  const told = async () => {
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    return textOf(page.querySelector('.field-hint .misfits'))
  }
  const columns = { 'field-0': 'id', 'key-0': 'yes', 'field-1': 'note' }
  await send(app, `${EDIT}/columns`, { ...columns, act: 'save' })
  expect(await told()).toBe(
    'payer needs a value and gets none: every new record would be rejected.',
  )

  await send(app, `${EDIT}/rules`, { operation: 'update', act: 'save' })
  expect(await told()).toBe('')

  await send(app, `${EDIT}/rules`, { operation: 'insert', act: 'save' })
  await send(app, `${EDIT}/columns`, { ...columns, 'field-1': 'payer', act: 'save' })
  expect(await told()).toBe('')
})
