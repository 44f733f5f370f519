import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { HtmlElement } from 'html-validate'
import { expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { decoded, pageOf, textOf } from '../../support/pages/html.ts'
import { tmpDir } from '../../support/tmp.ts'

async function languageOf({ get }: TestApp, headers: Record<string, string>): Promise<string> {
  const page = await pageOf(await get('/jobs', headers))
  const button = textOf(page.querySelector('.language-switch button'))
  return `${page.querySelector('html')?.getAttributeValue('lang') ?? ''}, other: ${button}`
}

test('a page is in the language that the browser likes best of those there are', async () => {
  const app = await anApp()
  const read = (languages: string) => languageOf(app, { 'accept-language': languages })
  expect(await languageOf(app, {})).toBe('en, other: Español')
  expect(await read('es')).toBe('es, other: English')
  expect(await read('es-MX,es;q=0.9,en;q=0.8')).toBe('es, other: English')
  expect(await read('en;q=0.5,es;q=0.9')).toBe('es, other: English')
  expect(await read('fr,de;q=0.8')).toBe('en, other: Español')
  expect(await read('fr,es;q=0.3')).toBe('es, other: English')
  expect(await read('*;;;q=x')).toBe('en, other: Español')
})

test('what was chosen in the page goes before what the browser likes', async () => {
  const app = await anApp()
  const answer = await app.post('/language', [
    ['language', 'es'],
    ['return', '/jobs?text=a'],
  ])
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/jobs?text=a'])

  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
  expect(await languageOf(app, { cookie, 'accept-language': 'en' })).toBe('es, other: English')
  expect(await languageOf(app, { cookie: 'tallyman_language=xx' })).toBe('en, other: Español')
})

test('a language that there is not is not remembered', async () => {
  const { post } = await anApp()
  const answer = await post('/language', [
    ['language', 'fr'],
    ['return', '/jobs'],
  ])
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([303, null])
})

test('the switch leads back to pages of this server alone', async () => {
  const { post } = await anApp({ basePath: '/tally' })
  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:1',
    '/\t/evil.example',
    '/..//evil.example',
    '/other',
    'http://',
  ]
  for (const place of elsewhere) {
    const answer = await post(
      '/tally/language',
      [
        ['language', 'es'],
        ['return', place],
      ],
      OWN,
    )
    expect(answer.headers.get('location'), place).toBe('/tally/jobs')
  }
})

/** What the switch of a page sends, as a browser without JavaScript does. */
function sentBySwitch(page: HtmlElement): { action: string; parts: [string, string][] } {
  const form = page.querySelector('form.language-switch')
  const button = form?.querySelector('button')
  const inputs = [...(form?.querySelectorAll('input') ?? []), ...(button ? [button] : [])]
  return {
    action: form?.getAttributeValue('action') ?? '',
    parts: inputs.map((input) => [
      input.getAttributeValue('name') ?? '',
      decoded(input.getAttributeValue('value') ?? ''),
    ]),
  }
}

test('a form that was refused keeps its answers and its reason in the other language', async () => {
  const inbox = tmpDir()
  writeFileSync(path.join(inbox, 'people.csv'), 'id\n1\n')
  const app = await anApp({ inboxes: [inbox] })
  const answers: [string, string][] = [
    ['file', `0.${Buffer.from('people.csv').toString('base64url')}`],
    ['table', 'no "such" table'],
    ['columns', 'b, a'],
    ['delimiter', 'semicolon'],
    ['trace', 'yes'],
    ['act', 'start'],
  ]
  const refused = await pageOf(await app.post('/jobs/new/import', answers), 422)
  expect(textOf(refused.querySelector('#error-table'))).toContain('has no table')
  const { action, parts } = sentBySwitch(refused)
  const answer = await app.post(action, parts)
  expect(answer.headers.get('set-cookie')).toContain('tallyman_language=es')
  const page = await pageOf(answer, 422)
  expect(page.querySelector('html')?.getAttributeValue('lang')).toBe('es')
  expect(textOf(page.querySelector('#error-table'))).toContain('no tiene la tabla')
  const values = ['table', 'columns'].map((field) =>
    decoded(page.querySelector(`#field-${field}`)?.getAttributeValue('value') ?? ''),
  )
  expect(values).toEqual(['no "such" table', 'b, a'])
  expect(textOf(page.querySelector('#field-delimiter option[selected]'))).toBe('Punto y coma (;)')
  expect(page.querySelector('#field-trace')?.hasAttribute('checked')).toBe(true)
  // The tick for the header was taken away, and does not come back.
  expect(page.querySelector('#field-header')?.hasAttribute('checked')).toBe(false)
  expect(await app.db.selectFrom('tallyman_job').selectAll().execute()).toEqual([])
})

test('so do the label and the description of a job, and nothing is saved by the switch', async () => {
  const app = await anApp()
  const { id } = await aJob(app.db, { label: 'People' })
  const texts: [string, string][] = [
    ['label', ' '],
    ['description', 'Two\nlines'],
  ]
  const refused = await pageOf(await app.post(`/jobs/${id}/edit?tab=journal`, texts), 422)
  const { action, parts } = sentBySwitch(refused)
  expect(action).toBe(`/jobs/${id}/edit?tab=journal`)
  const page = await pageOf(await app.post(action, parts), 422)
  expect(textOf(page.querySelector('#error-label'))).toBe('No puede estar vacío.')
  expect(page.querySelector('textarea')?.textContent).toContain('Two\nlines')

  const good: [string, string][] = [
    ['label', 'Other'],
    ['language', 'es'],
  ]
  const open = await pageOf(await app.post(`/jobs/${id}/edit`, good))
  expect(open.querySelector('#edit-label')?.getAttributeValue('value')).toBe('Other')
  expect(await requireJob(app.db, id)).toMatchObject({ label: 'People', description: '' })
})
