import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { listen } from '../../src/http/listen.ts'

test('a server is closed once what its requests do has ended, also of those that it broke off', async () => {
  const app = new Hono()
  const arriving = Promise.withResolvers<void>()
  let isTidy = false
  app.post('/', async (c) => {
    arriving.resolve()
    const body = await c.req.text().catch(() => 'broken off')
    await pause(100)
    isTidy = true
    return c.text(body)
  })
  const { origin, close } = await listen(app, { host: '127.0.0.1', port: 0 })
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf')
  await arriving.promise
  await close()
  expect(isTidy).toBe(true)
})
