import type { HtmlElement } from 'html-validate'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { setAside } from '../../../src/engine/repair/set-aside.ts'
import { after, NOON } from '../../support/jobs/a-job.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const AGE = { code: 'TLY-3001', field: 'age' }
const pathOf = (id: number, given: Record<string, string> = AGE) =>
  `/jobs/${id}/rejects/repair?${new URLSearchParams(given)}`

/** A console with a clock, used by several operators. */
async function aSharedApp() {
  let seconds = 300
  const now = () => after(seconds++)
  return await anApp({ operatorHeader: 'x-user' }, {}, { now })
}

/** What a browser would send of the form on a page. */
function formOn(page: HtmlElement): Record<string, string> {
  const form: Record<string, string> = {}
  for (const input of page.querySelectorAll('#repair-form input, #repair-form textarea')) {
    const name = input.getAttributeValue('name')
    const type = input.getAttributeValue('type')
    const isOff = type === 'checkbox' || (type === 'radio' && !input.hasAttribute('checked'))
    if (name === null || isOff) continue
    form[name] = input.is('textarea')
      ? input.textContent.replace(/^\n/, '')
      : (input.getAttributeValue('value') ?? '')
  }
  return form
}

/** An operator with the page of a reason open. */
async function anOperator(app: TestApp, user: string, id: number, given = AGE) {
  const headers = { ...OWN, 'x-user': user }
  let page = await pageOf(await app.get(pathOf(id, given), headers))
  return {
    page: () => page,
    alert: () => textOf(page.querySelector('main .notice-error')),
    /** Types into the page and presses a button; follows where that leads on the same page. */
    async press(act: string, typed: Record<string, string> = {}): Promise<number> {
      const form = Object.entries({ ...formOn(page), ...typed, act })
      const answer = await app.post(`/jobs/${id}/rejects/repair`, form, headers)
      const leads = answer.headers.get('location')
      if (leads === null) page = await pageOf(answer, answer.status)
      else if (leads.includes('/rejects/repair')) page = await pageOf(await app.get(leads, headers))
      return answer.status
    },
  }
}

async function draftsIn({ db }: TestApp): Promise<(string | undefined)[]> {
  const rows = await db.selectFrom('tallyman_repair').select('raw').orderBy('record').execute()
  return rows.map(({ raw }) => raw?.toString())
}

describe('two operators who correct the same records', () => {
  test('the second is told who put in what and when, and decides', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store)
    const [ana, berta] = [await anOperator(app, 'ana', id), await anOperator(app, 'berta', id)]
    expect(await ana.press('check', { 'v.2.2': '33' })).toBe(303)
    expect(await berta.press('check', { 'v.2.2': '44', 'v.5.2': '55' })).toBe(409)
    expect(berta.alert()).toContain('Somebody else has corrected')
    expect(textsOf(berta.page(), '#repair-conflicts tbody td').slice(0, 3)).toEqual([
      '3',
      'age',
      '33 ana, Jan 31, 2026, 12:05:03 PM',
    ])
    expect(formOn(berta.page())).toMatchObject({ 'v.2.2': '44', 'v.5.2': '55' })
    expect(await draftsIn(app)).toEqual(['2,Bo,33', '5,Eva,55'])
    // Without a decision, nothing of it is kept, and nothing of it is lost.
    expect(await berta.press('import')).toBe(409)
    expect(formOn(berta.page())).toMatchObject({ 'v.2.2': '44' })
    expect(await draftsIn(app)).toEqual(['2,Bo,33', '5,Eva,55'])

    expect(await berta.press('check', { 'keep.2': 'mine', 'v.2.2': '45' })).toBe(303)
    expect(await draftsIn(app)).toEqual(['2,Bo,45', '5,Eva,55'])
    expect(textOf(berta.page().querySelector('#record-2'))).toContain('corrected by berta')

    expect(await ana.press('check', { 'v.2.2': '34' })).toBe(409)
    expect(await ana.press('check', { 'keep.2': 'theirs' })).toBe(303)
    expect(await draftsIn(app)).toEqual(['2,Bo,45', '5,Eva,55'])
    expect(formOn(ana.page())).toMatchObject({ 'v.2.2': '45' })
    await expectAgreement(app.store)
  })

  test('a decision holds for what was shown, not for what came since', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store)
    const [ana, berta] = [await anOperator(app, 'ana', id), await anOperator(app, 'berta', id)]
    await ana.press('check', { 'v.2.2': '33' })
    await berta.press('check', { 'v.2.2': '44' })
    await ana.press('check', { 'v.2.2': '34' })
    expect(await berta.press('check', { 'keep.2': 'mine' })).toBe(409)
    expect(textsOf(berta.page(), '#repair-conflicts tbody td')[2]).toMatch(/^34 ana/)
    expect(await berta.press('check', { 'keep.2': 'mine' })).toBe(303)
    expect(await draftsIn(app)).toEqual(['2,Bo,44'])
  })

  test('a page that is older than a correction does not take it back', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store)
    const [ana, berta] = [await anOperator(app, 'ana', id), await anOperator(app, 'berta', id)]
    await ana.press('check', { 'v.2.2': '33' })
    expect(await berta.press('check', { 'v.5.2': '55' })).toBe(303)
    expect(await draftsIn(app)).toEqual(['2,Bo,33', '5,Eva,55'])
    // The same value twice is no conflict.
    expect(await ana.press('check', { 'v.5.2': '55' })).toBe(303)
  })

  test('of different values of one record both are kept', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store, {}, 'id,name,age\n1,A,x\n2,,y\n')
    const ana = await anOperator(app, 'ana', id)
    const berta = await anOperator(app, 'berta', id, { code: 'TLY-3002', field: 'name' })
    await ana.press('check', { 'v.2.2': '7' })
    await berta.press('check', { 'v.2.1': 'Bo' })
    expect(await draftsIn(app)).toEqual(['2,Bo,7'])
  })

  test('a line that both have corrected is decided in the same way', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store, {}, 'id,name,age\n1,Ana,31\n2,Bo\n')
    const wide = { code: 'TLY-2003', field: '' }
    const ana = await anOperator(app, 'ana', id, wide)
    const berta = await anOperator(app, 'berta', id, wide)
    await ana.press('check', { 'line.2': '2,Bo,33' })
    expect(await berta.press('check', { 'line.2': '2,Bo,44' })).toBe(409)
    expect(textsOf(berta.page(), '#repair-conflicts tbody td')[2]).toMatch(/^2,Bo,33 ana/)
    expect(formOn(berta.page())).toMatchObject({ 'line.2': '2,Bo,44' })
    await berta.press('check', { 'keep.2': 'mine' })
    expect(await draftsIn(app)).toEqual(['2,Bo,44'])
  })

  test('an import of what somebody else has changed tells who, when and which, and shows it', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store)
    const [ana, berta] = [await anOperator(app, 'ana', id), await anOperator(app, 'berta', id)]
    await ana.press('check', { 'v.2.2': '33' })
    expect(await berta.press('import', { 'v.5.2': '55' })).toBe(422)
    expect(berta.alert()).toContain('Somebody else has changed 1 record of this reason')
    expect(textsOf(berta.page(), '#repair-touched li')).toEqual([
      'Line 3: corrected by ana, Jan 31, 2026, 12:05:03 PM: 33',
    ])
    // Now she has seen it.
    expect(await berta.press('import')).toBe(303)
    await runWaiting(app.store)
    const { rows } = await sql`select id, age from person order by id`.execute(app.db)
    expect(rows.slice(1)).toEqual([
      { id: 2, age: 33 },
      { id: 5, age: 55 },
    ])
  })

  test('what was typed for a record that is repaired or set aside meanwhile is shown, not dropped', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store, {}, 'id,name,age\n1,A,x\n2,B,y\n3,C,z\n')
    const berta = await anOperator(app, 'berta', id)
    const { job } = await repair(app.db, id, { 1: '1,A,10' }, 'ana')
    await setAside(app.db, id, [2], { actor: 'carla', now: NOON, reason: 'Test' })
    expect(await berta.press('check', { 'v.1.2': '11', 'v.2.2': '12', 'v.3.2': '13' })).toBe(409)
    expect(textsOf(berta.page(), '#repair-touched li')).toEqual([
      expect.stringMatching(
        new RegExp(`^Line 2: imported by ana, .*, with job ${job.id}; you typed: 11$`),
      ),
      expect.stringMatching(/^Line 3: set aside by carla, .*; you typed: 12$/),
    ])
    expect(await draftsIn(app)).toEqual([undefined, undefined, '3,C,13'])
    expect(await berta.press('check')).toBe(303)
  })

  test('corrections of somebody else are undone only by who has seen them', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store)
    const berta = await anOperator(app, 'berta', id)
    await berta.press('check', { 'v.5.2': '55' })
    const ana = await anOperator(app, 'ana', id)
    await ana.press('check', { 'v.2.2': '33' })
    expect(await berta.press('discard')).toBe(422)
    expect(textsOf(berta.page(), '#repair-touched li')[0]).toMatch(/^Line 3: corrected by ana/)
    expect(await draftsIn(app)).toEqual(['2,Bo,33', '5,Eva,55'])
    expect(await berta.press('discard')).toBe(303)
    expect(await draftsIn(app)).toEqual([])
  })

  test('a file tells what it replaces of what was corrected on the page, and again what came since', async () => {
    const app = await aSharedApp()
    const id = await aFaultyImport(app.store)
    const file = (await (await app.get(`/jobs/${id}/rejects/export`)).text())
      .replace('many', '20')
      .replace('5,Eva,x', '5,Eva,50')
    const ana = await anOperator(app, 'ana', id)
    await ana.press('save', { 'v.2.2': '22', 'v.5.2': '50' })
    const headers = { ...OWN, 'x-user': 'bea' }
    const body = new FormData()
    body.append('file', new Blob([file]), 'rejects.csv')
    const sent = await app.ask(`/jobs/${id}/rejects/repair/file`, { method: 'POST', headers, body })
    const url = sent.headers.get('location') ?? ''
    const told = (page: HtmlElement) => ({
      replaced: textOf(page.querySelector('#repair-replaced')),
      touched: textsOf(page, '#repair-touched li'),
    })
    const page = await pageOf(await app.get(url, headers))
    expect(told(page)).toEqual({
      replaced:
        '1 record of the file was corrected on the page as well, to other values. Those of the file replace them:',
      touched: [expect.stringMatching(/^Line 3: corrected by ana, .*: 22$/)],
    })
    expect(textOf(page.querySelector('.repair-table'))).not.toContain('ana')

    await (await anOperator(app, 'ana', id)).press('save', { 'v.2.2': '23' })
    const checked = page.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
    for (const act of ['import', 'save']) {
      const answer = await app.post(url, Object.entries({ act, checked }), headers)
      expect(told(await pageOf(answer, 422)).touched).toEqual([expect.stringMatching(/: 23$/)])
    }
    expect(await draftsIn(app)).toEqual(['2,Bo,23', '5,Eva,50'])
  })

  test('of a sensitive field, neither value is shown', async () => {
    const app = await aSharedApp()
    const fields = { name: fieldOptions.parse({ sensitive: true }) }
    const id = await aFaultyImport(app.store, { fields })
    const [ana, berta] = [await anOperator(app, 'ana', id), await anOperator(app, 'berta', id)]
    await ana.press('check', { 'v.2.2': '33' })
    expect(await berta.press('check', { 'v.2.2': '44' })).toBe(409)
    expect(berta.page().textContent).not.toContain('Bo')
    await berta.press('check', { 'keep.2': 'mine' })
    expect(await draftsIn(app)).toEqual(['2,***,44'])
  })
})
