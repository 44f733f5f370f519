import { describe, expect, test } from 'vitest'
import { RIGHTS, type Right } from '../../src/domain/states/rights.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { ROUTES } from '../../src/http/routes.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp, OWN } from '../support/pages/app.ts'
import { pageOf, textOf } from '../support/pages/html.ts'

/** The addresses that others rely on, and those that the pages ask for. */
const PROMISED = [
  'GET /',
  'GET /jobs',
  'GET /jobs/:id',
  'GET /jobs/:id/journal',
  'GET /jobs/:id/rejects',
  'GET /jobs/:id/rejects/export',
  'GET /jobs/:id/report',
  'POST /jobs/:id/start',
  'POST /jobs/:id/pause',
  'POST /jobs/:id/cancel',
  'GET /jobs/new/import',
  'POST /jobs/new/import',
  'GET /jobs/new/export',
  'POST /jobs/new/export',
]
/** Whoever asks for one of these need not be known. */
const FOR_ANYONE = ['GET /healthz', 'GET /assets/:file', 'POST /language']
const NO_SUCH = '999999'

const named = ROUTES.map((route) => {
  const plain = route.path.replaceAll(/\{[^}]*\}/g, '')
  return { ...route, plain, name: `${route.method} ${plain}` }
})
/** The address of a route, of a job and template that are not there unless they are named. */
const addressOf = (path: string, id = NO_SUCH, template = NO_SUCH) =>
  path
    .replace(':id', id)
    .replace(':template', template)
    .replace(/:record|:file/, NO_SUCH)
const withJob = named.filter(({ plain }) => plain.includes(':id'))
const unknown = { method: 'GET', headers: OWN } as const

test('every address that is promised is a route, and no route is there twice', () => {
  const names = named.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(PROMISED))
  expect(new Set(names).size).toBe(names.length)
})

test('what anyone may ask for without a right is listed here', () => {
  const names = named.filter(({ right }) => right === 'anyone').map(({ name }) => name)
  expect(names).toEqual(FOR_ANYONE)
})

describe.each(named)('$name', ({ method, plain, limits, right }) => {
  const url = addressOf(plain)
  const request = { method, headers: OWN }

  test('is answered with the headers that keep a browser safe', async () => {
    const { headers, status } = await (await anApp()).ask(url, request)
    expect(status).toBeLessThan(500)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-request-id')).not.toBeNull()
    expect(headers.get('cache-control')).not.toBeNull()
  })

  test('is refused for a host that is not ours', async () => {
    const answer = await (await anApp()).ask(`http://evil.example${url}`, request)
    expect(answer.status).toBe(421)
  })

  test('is not found by a method that it does not have', async () => {
    const { ask } = await anApp()
    const own = new Set(named.filter((one) => one.plain === plain).map((one) => one.method))
    for (const other of ['GET', 'POST', 'PUT', 'DELETE']) {
      if (other === 'GET' ? own.has('GET') : other === 'POST' && own.has('POST')) continue
      const answer = await ask(url, { method: other, headers: OWN })
      expect([other, answer.status]).toEqual([other, 404])
    }
  })

  test('takes no body where it reads none', () => {
    expect(limits.bytes > 0).toBe(method === 'POST')
    expect(limits.milliseconds).toBeGreaterThan(0)
  })

  test('is refused to an operator without any right, unless it needs none', async () => {
    const { db, ask } = await anApp({}, {}, { mayDo: () => false })
    const { id } = await aJob(db)
    const answer = await ask(addressOf(plain, String(id), 'csv-export'), request)
    expect(answer.status === 403).toBe(right !== 'anyone')
    expect((await answer.text()).includes('You may not do this')).toBe(right !== 'anyone')
  })
})

test.each(withJob)('$name of a job that is not there ends in 404', async ({ method, plain }) => {
  const { ask, get } = await anApp()
  const body = method === 'POST' ? new URLSearchParams({ label: 'x' }) : null
  const answer = await ask(addressOf(plain), { method, headers: OWN, body })
  const led = answer.headers.get('location')
  expect((led === null ? answer : await get(led)).status).toBe(404)
  expect((await ask(addressOf(plain, 'abc'), unknown)).status).toBe(404)
})

describe('an operator', () => {
  const only = (...rights: Right[]) => ({
    mayDo: (_: string, right: Right) => rights.includes(right),
  })

  test('commands jobs of the types that he has the rights for', async () => {
    const { db, post } = await anApp({}, {}, only('view', 'export'))
    const { id } = await aJob(db, { status: 'paused' })
    expect((await post(`/jobs/${id}/start`)).status).toBe(403)
    expect((await findJob(db, id))?.status).toBe('paused')

    const other = await anApp({}, {}, only('view', 'import'))
    const own = await aJob(other.db, { status: 'paused' })
    expect((await other.post(`/jobs/${own.id}/start`)).status).toBe(303)
  })

  test('is told in the own language which right is missing', async () => {
    const { get } = await anApp({}, {}, only('view'))
    const answer = await get('/jobs/new/export', { 'accept-language': 'es' })
    const page = await pageOf(answer, 403)
    expect(textOf(page.querySelector('#main [role="alert"]'))).toContain(
      'le falta el permiso «export»',
    )
  })

  test('who may not look is answered no poll, whatever others were just shown', async () => {
    const mayDo = (operator: string) => operator === 'ana'
    const { db, get } = await anApp({ operatorHeader: 'x-user' }, {}, { mayDo })
    const { id } = await aJob(db, { status: 'running' })
    const url = `/jobs/${id}/live`
    const shown = await get(url, { 'x-user': 'ana' })
    const tag = shown.headers.get('hx-ptag') ?? ''
    expect((await get(url, { 'x-user': 'ana', 'hx-ptag': tag })).status).toBe(304)
    expect((await get(url, { 'x-user': 'eve' })).status).toBe(403)
    expect((await get(url, { 'x-user': 'eve', 'hx-ptag': tag })).status).toBe(403)
  })
})

test('the rights are those of the contract', () => {
  expect(RIGHTS).toEqual(['view', 'import', 'export', 'administer'])
})
