import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { anApp, OWN } from '../support/pages/app.ts'
import { pageOf, textOf } from '../support/pages/html.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { aDisk, canMount } from '../support/faults/small-disk.ts'

const HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,name\n'
const MEBIBYTE = 1024 * 1024

test.runIf(canMount)('an upload that fills the disk says so, and leaves nothing', async () => {
  const { folder } = aDisk(3 * 1024)
  const app = await anApp({ files: { folder } })
  const answer = await app.ask('/uploads', {
    method: 'POST',
    headers: { ...OWN, 'content-type': 'multipart/form-data; boundary=x' },
    body: `${HEAD}${'x'.repeat(5 * MEBIBYTE)}\r\n--x--\r\n`,
  })
  const page = await pageOf(answer, 409)
  expect(textOf(page.querySelector('main [role="alert"]'))).toContain('The disk is full')
  await expect.poll(() => readdirSync(path.join(folder, 'sources'))).toEqual([])
  expect(await app.db.selectFrom('tallyman_job').select('id').execute()).toEqual([])
})

test('an upload whose connection breaks leaves nothing, and the server goes on', async () => {
  const { origin, store } = await aConsole()
  const files = () => store.db.selectFrom('tallyman_file').select('id').execute()
  const { port, hostname } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.write(
    [
      'POST /uploads HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Sec-Fetch-Site: same-origin',
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 100000000',
      '',
      HEAD,
    ].join('\r\n'),
  )
  await expect.poll(files).toHaveLength(1)
  socket.write('x'.repeat(2 * MEBIBYTE))
  socket.resetAndDestroy()
  await expect.poll(files).toEqual([])
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})
