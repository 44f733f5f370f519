import { describe, expect, test } from 'vitest'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'

describe('the key of the table', () => {
  const TABLE = 'create table person (id integer primary key, name text)'
  const FILE = { 'person.csv': 'code;name\n1;Ana\n' }

  test('is ticked where the fields that it has are filled at last', async () => {
    const app = await aJobOf(FILE, TABLE)
    expect(await specificationOf(app)).toMatchObject({ key: [], operation: 'insert' })
    const answers = { 'field-0': 'id', 'field-1': 'name', act: 'next' }
    const chosen = await send(app, `${EDIT}/columns`, answers)
    expect(chosen.headers.get('location')).toBe(`${EDIT}/columns?guessed=yes`)
    expect(await specificationOf(app)).toMatchObject({ key: ['id'], operation: 'insert_or_update' })

    // Without the tick, it is none that was asked for.
    const unticked = await send(app, `${EDIT}/columns`, answers)
    expect(unticked.headers.get('location')).toBe(`${EDIT}/rules`)
    expect(await specificationOf(app)).toMatchObject({ key: [], operation: 'insert' })
  })
})
