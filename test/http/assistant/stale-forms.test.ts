import { describe, expect, test } from 'vitest'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'
import type { TestApp } from '../../support/pages/app.ts'
import { filledIn } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text, city text)'
const FILE = { 'person.csv': 'id,name,city\n1,Ana,Jaén\n2,Bea,Soria\n' }
const CHANGED = 'The job was changed since this page was shown.'

/** What a browser that shows a step sends from it, whenever. */
async function shownForm(app: TestApp, step: string) {
  return filledIn((await pageOf(await app.get(`${EDIT}/${step}`))).querySelector('#step-form'))
}

async function refused(answer: Response) {
  expect(textOf((await pageOf(answer, 422)).querySelector('main'))).toContain(CHANGED)
}

describe('a form that was shown before the job was changed elsewhere', () => {
  test('does not match the columns of another reading by their places', async () => {
    const app = await aJobOf(FILE, TABLE)
    const stale = await shownForm(app, 'columns')
    const file = await shownForm(app, 'file')
    await send(app, `${EDIT}/file`, { ...file, columns: 'city,id,name', skip: '1', act: 'next' })
    const before = await specificationOf(app)
    expect(before.columns).toEqual(['city', 'id', 'name'])

    await refused(await send(app, `${EDIT}/columns`, { ...stale, act: 'next' }))
    expect(await specificationOf(app)).toEqual(before)
  })

  test('does not put back the table that somebody chose', async () => {
    const app = await aJobOf(FILE, TABLE, 'create table crew (id integer primary key, name text)')
    const stale = await shownForm(app, 'columns')
    await send(app, `${EDIT}/columns`, { ...stale, table: 'crew', act: 'again' })
    expect(await specificationOf(app)).toMatchObject({ table: 'crew' })
    await refused(await send(app, `${EDIT}/columns`, { ...stale, act: 'next' }))
    expect(await specificationOf(app)).toMatchObject({ table: 'crew' })
  })

  test('starts nothing but what it showed', async () => {
    const app = await aJobOf(FILE, TABLE)
    const stale = await shownForm(app, 'try')
    const rules = await shownForm(app, 'rules')
    await send(app, `${EDIT}/rules`, { ...rules, operation: 'insert', act: 'next' })
    await refused(await send(app, `${EDIT}/try`, { ...stale, act: 'start' }))
    expect(await findJob(app.db, 1)).toMatchObject({ status: 'editing' })

    const now = await shownForm(app, 'try')
    const started = await send(app, `${EDIT}/try`, { ...now, act: 'start' })
    expect(started.headers.get('location')).toBe('/jobs/1')
  })

  test('is taken where the browser went back, and the file and the table are the same', async () => {
    const app = await aJobOf(FILE, TABLE)
    const shown = await shownForm(app, 'columns')
    const first = { ...shown, 'field-2': '', act: 'next' }
    expect((await send(app, `${EDIT}/columns`, first)).status).toBe(303)
    const rules = await shownForm(app, 'rules')
    await send(app, `${EDIT}/rules`, { ...rules, maxRejects: '5', act: 'next' })
    const again = await send(app, `${EDIT}/columns`, { ...shown, act: 'next' })
    expect(again.headers.get('location')).toBe(`${EDIT}/rules`)
    expect(await specificationOf(app)).toMatchObject({ maxRejects: 5, leaveOut: [] })
  })
})
