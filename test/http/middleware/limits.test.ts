import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import type { AppEnv } from '../../../src/http/ground/env.ts'
import { RequestRefusal } from '../../../src/http/ground/request-refusal.ts'
import { listen } from '../../../src/http/listen.ts'
import { limitBody } from '../../../src/http/middleware/limits.ts'

/** A server with two routes, of which one takes much more than the other. */
async function aLimitedServer() {
  const app = new Hono<AppEnv>()
  app.onError((error, c) => {
    if (!(error instanceof RequestRefusal)) throw error
    return c.text(JSON.stringify(error.problem), error.status)
  })
  const small = limitBody({ bytes: 10, milliseconds: 50 })
  const large = limitBody({ bytes: 100_000, milliseconds: 60_000 })
  app.post('/small', small, async (c) => c.text(await c.req.text()))
  app.post('/large', large, async (c) => c.text(String((await c.req.text()).length)))
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  return server.origin
}

test('each route takes bodies up to its own size', async () => {
  const origin = await aLimitedServer()
  const send = async (path: string, body: string) => {
    const answer = await fetch(origin + path, { method: 'POST', body })
    return [answer.status, await answer.text()]
  }
  expect(await send('/small', 'x'.repeat(10))).toEqual([200, 'xxxxxxxxxx'])
  expect((await send('/small', 'x'.repeat(11)))[0]).toBe(413)
  expect(await send('/large', 'x'.repeat(100_000))).toEqual([200, '100000'])
})

test('a body that does not arrive in time is refused, and the connection ends', async () => {
  const { hostname, port } = new URL(await aLimitedServer())
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write('POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('{"problem":"form_too_slow","seconds":0.05}')
})

test('what is done with a body that arrived may take longer', async () => {
  const app = new Hono<AppEnv>()
  const short = limitBody({ bytes: 10, milliseconds: 1 })
  const work = Promise.withResolvers<string>()
  app.post('/', short, async (c) => c.text((await c.req.text()) + (await work.promise)))
  const { origin, close } = await listen(app, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => close())
  const answer = fetch(origin, { method: 'POST', body: 'in ' })
  setTimeout(() => work.resolve('time'), 20)
  expect(await (await answer).text()).toBe('in time')
})
