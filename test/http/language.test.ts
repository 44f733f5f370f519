import { expect, test } from 'vitest'
import { anApp, OWN, type TestApp } from '../support/app.ts'
import { pageOf, textOf } from '../support/html.ts'

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
