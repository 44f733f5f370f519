import { expect, test } from 'vitest'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { ResponseCache } from '../../../src/http/responses/response-cache.ts'
import { aJob, after, OPERATOR } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'

const drawn = (text: string) => () =>
  Promise.resolve({ headers: {}, body: new TextEncoder().encode(text).buffer })
const textOf = (answer: { body: ArrayBuffer } | undefined) => new TextDecoder().decode(answer?.body)

test('all who look at a job in the same way share one drawing a revision', async () => {
  const answers = new ResponseCache()
  let drawings = 0
  const draw = async () => {
    drawings++
    return await drawn('page')()
  }
  const looks = Array.from({ length: 100 }, () => answers.find('en /jobs/1/live', 3, draw))
  expect(new Set((await Promise.all(looks)).map(textOf))).toEqual(new Set(['page']))
  expect(drawings).toBe(1)
})

test('another revision and another way of looking are drawn anew', async () => {
  const answers = new ResponseCache()
  await answers.find('en', 3, drawn('old'))
  expect(textOf(await answers.find('en', 4, drawn('new')))).toBe('new')
  expect(textOf(await answers.find('es', 4, drawn('nuevo')))).toBe('nuevo')
})

test('a drawing that fails or shows nothing is told to who asked, and not kept', async () => {
  const answers = new ResponseCache()
  const failing = () => Promise.reject(new Error('no such job'))
  await expect(answers.find('en', 3, failing)).rejects.toThrow('no such job')
  expect(await answers.find('en', 3, () => Promise.resolve(undefined))).toBeUndefined()
  expect(textOf(await answers.find('en', 3, drawn('page')))).toBe('page')
})

test('only so many are kept, the newest', async () => {
  const answers = new ResponseCache()
  for (let way = 0; way <= 500; way++) await answers.find(String(way), 1, drawn('first'))
  expect(textOf(await answers.find('500', 1, drawn('second')))).toBe('first')
  expect(textOf(await answers.find('0', 1, drawn('second')))).toBe('second')
})

test('what one page was sent another is sent too, with a request number of its own', async () => {
  const app = await anApp()
  const { id } = await aJob(app.db)
  const poll = (headers: Record<string, string> = {}) => app.get(`/jobs/${id}/live`, headers)
  const all = await Promise.all([poll(), poll(), poll()])
  const last = await poll()
  const bodies = await Promise.all([...all, last].map((answer) => answer.text()))
  expect(new Set(bodies).size).toBe(1)
  expect(bodies[0]).toContain('job-live')
  const numbers = [...all, last].map(({ headers }) => headers.get('x-request-id'))
  expect(new Set(numbers).size).toBe(4)
  for (const { headers } of [...all, last]) {
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-type')).toContain('text/html')
    expect(headers.get('cache-control')).toBe('no-store')
  }

  expect(await (await poll({ 'accept-language': 'es' })).text()).not.toBe(bodies[0])
  const packed = [
    await poll({ 'accept-encoding': 'gzip' }),
    await poll({ 'accept-encoding': 'gzip' }),
  ]
  expect(packed.map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'gzip'])

  await transition(app.db, id, 'start', { actor: OPERATOR, now: after(1) })
  expect(await (await poll()).text()).not.toBe(bodies[0])
})
