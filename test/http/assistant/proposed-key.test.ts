import { describe, expect, test } from 'vitest'
import type { TestApp } from '../../support/pages/app.ts'
import { filledIn } from '../../support/pages/fill-form.ts'
import { pageOf } from '../../support/pages/html.ts'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'

async function shownForm(app: TestApp) {
  return filledIn((await pageOf(await app.get(`${EDIT}/columns`))).querySelector('#step-form'))
}

describe('the key of the table', () => {
  const TABLE = 'create table person (id integer primary key, name text)'
  const FILE = { 'person.csv': 'code;name\n1;Ana\n' }

  test('is ticked where the fields that it has are filled at last', async () => {
    const app = await aJobOf(FILE, TABLE)
    expect(await specificationOf(app)).toMatchObject({ key: [], operation: 'insert' })
    const chosen = await send(app, `${EDIT}/columns`, {
      ...(await shownForm(app)),
      'field-0': 'id',
      act: 'next',
    })
    expect(chosen.headers.get('location')).toBe(`${EDIT}/columns?guessed=yes`)
    expect(await specificationOf(app)).toMatchObject({ key: ['id'], operation: 'insert_or_update' })

    // Without the tick, it is none that was asked for.
    const { 'key-0': ticked, ...others } = await shownForm(app)
    expect(ticked).toBe('yes')
    const unticked = await send(app, `${EDIT}/columns`, { ...others, act: 'next' })
    expect(unticked.headers.get('location')).toBe(`${EDIT}/rules`)
    expect(await specificationOf(app)).toMatchObject({ key: [], operation: 'insert' })
  })

  test('is not ticked where nothing fills its fields', async () => {
    const app = await aJobOf({ 'person.csv': 'name\nAna\n' }, TABLE)
    const passed = await send(app, `${EDIT}/columns`, { ...(await shownForm(app)), act: 'next' })
    expect(passed.headers.get('location')).toBe(`${EDIT}/rules`)
    expect(await specificationOf(app)).toMatchObject({ key: [], operation: 'insert' })
  })
})
