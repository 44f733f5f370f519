import { describe, expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { all } from '../support/all.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp, OWN } from '../support/pages/app.ts'
import { aDirtyImport, everyPage } from '../support/pages/every-page.ts'
import { pageOf, textOf, textsOf } from '../support/pages/html.ts'

describe('a form', () => {
  const ORIGIN = 'http://localhost'
  const from = (origin: string, site?: string) => ({
    origin,
    ...(site === undefined ? {} : { 'sec-fetch-site': site }),
  })

  test.each([
    ['another host', from('https://evil.example')],
    ['another host, as a new browser says', from('https://evil.example', 'cross-site')],
    ['another port', from('http://localhost:8080')],
    ['the same host by another scheme', from('https://localhost')],
    ['a sandbox', from('null')],
    ['a neighbour of the same site', from('http://other.localhost', 'same-site')],
    ['nowhere', {}],
  ])('from %s is refused and does nothing', async (_from, headers) => {
    const { db, post } = await anApp()
    const { id } = await aJob(db)
    expect((await post(`/jobs/${id}/start`, [], headers)).status).toBe(403)
    expect((await findJob(db, id))?.status).toBe('editing')
    expect(await all(iterateJournal(db, id))).toHaveLength(1)
  })

  test.each([
    ['this server', from(ORIGIN)],
    ['this server, as a new browser says', from(ORIGIN, 'same-origin')],
    ['an origin that the configuration names', from('https://tally.example', 'same-site')],
  ])('from %s is taken', async (_from, headers) => {
    const { db, post } = await anApp({ trustedOrigins: ['https://tally.example'] })
    const { id } = await aJob(db)
    expect((await post(`/jobs/${id}/start`, [], headers)).status).toBe(303)
  })

  test('is not the only thing that another host can not send', async () => {
    const { db, ask } = await anApp()
    const { id } = await aJob(db)
    for (const type of ['application/json', 'application/octet-stream', 'text/plain']) {
      const headers = { ...from('https://evil.example', 'cross-site'), 'content-type': type }
      const answer = await ask(`/jobs/${id}/start`, { method: 'POST', headers, body: '{}' })
      expect([type, answer.status]).toEqual([type, 403])
    }
    expect((await findJob(db, id))?.status).toBe('editing')
  })

  const LARGE: [string, string][] = [['command', 'x'.repeat(300_000)]]

  test.each([
    [
      'another host',
      from('https://evil.example'),
      [],
      403,
      'en',
      'This form did not come from a page',
    ],
    ['another host', from('https://evil.example'), [], 403, 'es', 'Este formulario venía de una'],
    ['this server, too large,', from(ORIGIN), LARGE, 413, 'en', 'at most 256 kB'],
    ['this server, too large,', from(ORIGIN), LARGE, 413, 'es', 'se aceptan 256 kB'],
  ] as const)(
    'from %s is refused by a page in the language of the reader',
    async (_from, headers, form, status, language, words) => {
      const { post } = await anApp()
      const answer = await post('/jobs/commands', [...form], {
        ...headers,
        'accept-language': language,
      })
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(answer.headers.get('cache-control')).toBe('no-store')
      // Sent in place, the sentence is what is seen, and not a part that is missing in it.
      expect(answer.headers.get('hx-retarget')).toBe('#main')
      const page = await pageOf(answer, status)
      expect(page.querySelector('html')?.getAttributeValue('lang')).toBe(language)
      expect(textOf(page.querySelector('#main [role="alert"]'))).toContain(words)
    },
  )
})

describe('every page', () => {
  test('is delivered with a policy that allows nothing but files of this server', async () => {
    const { get } = await anApp()
    for (const path of ['/jobs', '/nothing', '/jobs/1']) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|https?:|data:|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('same-origin')
    }
  })

  test('has no script, style or handler of its own', async () => {
    for (const { path, read } of await everyPage(await anApp())) {
      const page = await read()
      const scripts = page
        .querySelectorAll('script')
        .filter((script) => !script.hasAttribute('src'))
      expect(scripts, path).toEqual([])
      expect(page.querySelectorAll('style'), path).toEqual([])
      const names = page
        .querySelectorAll('*')
        .flatMap(({ attributes }) => attributes.map(({ key }) => key))
      expect(
        names.filter((name) => /^on|^style$|^hx-on|^hx-vals$/.test(name)),
        path,
      ).toEqual([])
    }
  })
})

describe('hostile words', () => {
  const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\u202egnp.exe`

  test('in a label and a file name are words, and turn nothing, everywhere', async () => {
    const { db, get, post } = await anApp()
    const { id } = await aJob(db, { label: HOSTILE, fileName: HOSTILE, status: 'running' })
    const answers = [
      await get('/jobs'),
      await get(`/jobs?text=${encodeURIComponent('<script>')}`),
      await get(`/jobs/rows?ids=${id}`),
      await get(`/jobs/${id}`),
      await get(`/jobs/${id}/live`),
      await get(`/jobs/${id}/journal`),
      await get(`/jobs/${id}/rejects`),
      await post('/jobs/commands', [
        ['command', 'start'],
        ['id', String(id)],
      ]),
    ]
    for (const answer of answers) {
      const page = await pageOf(answer)
      expect(page.querySelectorAll('script').filter((one) => !one.hasAttribute('src'))).toEqual([])
      expect(page.querySelectorAll('img')).toEqual([])
    }
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(textOf(page.querySelector('h1'))).toBe(HOSTILE.replace('\u202e', '\ufffd'))
  })

  test('in a search stay words', async () => {
    const { get } = await anApp()
    const page = await pageOf(await get(`/jobs?text=${encodeURIComponent(HOSTILE)}`))
    expect(page.querySelectorAll('img')).toEqual([])
    expect(page.querySelector('#filter-text')?.getAttributeValue('value')).toContain('&lt;script')
  })

  test('in records are shown as they are', async () => {
    const app = await anApp()
    const id = await aDirtyImport(app)
    const page = await pageOf(await app.get(`/jobs/${id}/rejects`))
    expect(page.querySelectorAll('script').filter((one) => !one.hasAttribute('src'))).toEqual([])
    expect(page.querySelectorAll('b').map(textOf)).not.toContain('')
    expect(textsOf(page, 'td').length).toBeGreaterThan(0)
  })

  test('of an operator whom the proxy names are shown as they are', async () => {
    const { get } = await anApp({ operatorHeader: 'x-user' })
    const page = await pageOf(await get('/jobs', { ...OWN, 'x-user': '<img src=x>' }))
    expect(page.querySelectorAll('img')).toEqual([])
    expect(textOf(page.querySelector('footer'))).toContain('<img src=x>')
  })
})

test('an operator whom the proxy names is called so, in UTF-8 as in Latin-1', async () => {
  const { get } = await anApp({ operatorHeader: 'x-user' })
  for (const bytes of [Buffer.from('José Núñez'), Buffer.from('José Núñez', 'latin1')]) {
    const page = await pageOf(await get('/jobs', { 'x-user': bytes.toString('latin1') }))
    expect(textOf(page.querySelector('footer'))).toContain('José Núñez')
  }
})

test('a body that is no form is refused with a sentence', async () => {
  const { ask } = await anApp()
  for (const url of ['/jobs/commands', '/jobs/1/edit', '/jobs/new/import', '/language']) {
    const answer = await ask(url, {
      method: 'POST',
      headers: { ...OWN, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'no form',
    })
    expect([url, answer.status]).toEqual([url, 422])
    expect(await answer.text()).toContain('The form cannot be understood')
  }
})

test('U+0000 in an address or a form is no failure of the server, whatever the database stores', async () => {
  const { db, get, post } = await anApp()
  const { id } = await aJob(db)
  const urls = [
    '/jobs?text=a%00b',
    '/jobs?cursor=a%00b',
    `/jobs/${id}/rejects?field=a%00b`,
    `/jobs/${id}/rejects?cursor=a%00b`,
    `/jobs/${id}/journal?level=%00`,
  ]
  for (const url of urls) expect([url, (await get(url)).status < 500]).toEqual([url, true])
  const refused = await pageOf(await post(`/jobs/${id}/edit`, [['label', 'a\0b']]), 422)
  expect(textOf(refused.querySelector('#error-label'))).toContain('U+0000')
})

test('an address with slashes before it is a page of this server, and so are its links', async () => {
  const app = await anApp()
  await aJob(app.db, { status: 'running' })
  for (const address of ['//', '///', '//jobs']) {
    const answer = await app.get(address)
    expect(answer.status, address).toBeLessThan(500)
    expect(await answer.text()).not.toMatch(/(?:href|action|value)="\/\//)
  }
})
