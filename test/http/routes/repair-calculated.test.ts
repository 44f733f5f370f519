import type { HtmlElement } from 'html-validate'
import { describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const reasonOf = (id: number, code: string, field: string) =>
  `/jobs/${id}/rejects/repair?${new URLSearchParams({ code, field })}`

const expression = (source: string, given: object = {}) =>
  fieldOptions.parse({ from: { kind: 'expression', source }, ...given })

function inputsOf(page: HtmlElement): (string | undefined)[] {
  return page
    .querySelectorAll('.repair-table input')
    .filter((input) => input.getAttributeValue('type') === 'text')
    .map((input) => input.getAttributeValue('name') ?? undefined)
}

async function people({ db }: TestApp) {
  return (
    await sql<{ id: number; name: string }>`select id, name from person order by id`.execute(db)
  ).rows
}

describe('the repair page of a field that is made', () => {
  test('shows that its expression still fails, and inputs for the columns that it reads', async () => {
    const app = await anApp()
    const fields = { name: expression('JSON.parse(record.told).name + record.more') }
    const others = Array.from({ length: 10 }, (_, at) => `c${at}`)
    const leaveOut = [...others, 'told', 'more']
    const text = `id,${leaveOut.join(',')}\n1,${','.repeat(10)}x,!\n`
    const id = await aFaultyImport(app.store, { fields, leaveOut }, text)
    const url = reasonOf(id, 'TLY-3043', 'name')
    const page = await pageOf(await app.get(url))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('0 of 1 now fit')
    expect(textsOf(page, '.misfit')).toEqual([expect.stringMatching(/^name: The expression/)])
    expect(inputsOf(page)).toEqual(['v.1.11', 'v.1.12'])
    expect(page.querySelector('#button-import')).toBeNull()

    const typed = { code: 'TLY-3043', field: 'name', 'v.1.11': '{"name":"Ana"}', act: 'check' }
    await app.post(`/jobs/${id}/rejects/repair`, Object.entries(typed))
    const fit = await pageOf(await app.get(url))
    expect(textOf(fit.querySelector('#repair-fitting'))).toContain('1 of 1 now fit')
    const checked = fit.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
    const form = { code: 'TLY-3043', field: 'name', checked, act: 'import' }
    await app.post(`/jobs/${id}/rejects/repair`, Object.entries(form))
    await runWaiting(app.store)
    expect(await people(app)).toEqual([{ id: 1, name: 'Ana!' }])
  })

  test('shows that the value of its expression is still refused', async () => {
    const app = await anApp()
    const checks = [{ kind: 'one_of', values: ['ANA', 'BO'] }]
    const fields = { name: expression('record.called.toUpperCase()', { checks }) }
    const text = 'id,called\n1,ana\n2,cy\n'
    const id = await aFaultyImport(app.store, { fields, leaveOut: ['called'] }, text)
    const { code } = await app.db
      .selectFrom('tallyman_reject')
      .select('code')
      .executeTakeFirstOrThrow()
    const page = await pageOf(await app.get(reasonOf(id, code, 'name')))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('0 of 1 now fit')
    expect(inputsOf(page)).toEqual(['v.2.1'])
  })

  test('of a template has inputs for the columns that are put together, and for no other', async () => {
    const app = await anApp()
    const from = { kind: 'template', text: '{first}{last}' }
    const fields = { name: fieldOptions.parse({ from }) }
    const text = 'id,name,first,last\n1,Other,,\n'
    const id = await aFaultyImport(app.store, { fields, leaveOut: ['name', 'first', 'last'] }, text)
    const page = await pageOf(await app.get(reasonOf(id, 'TLY-3002', 'name')))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('0 of 1 now fit')
    expect(inputsOf(page)).toEqual(['v.1.2', 'v.1.3'])
  })
})
