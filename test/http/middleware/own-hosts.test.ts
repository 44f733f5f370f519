import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'
import { aStore } from '../../support/a-store.ts'
import { rawRequest } from '../../support/programs/raw-request.ts'
import { aServer } from '../../support/programs/server.ts'
import { tmpDir } from '../../support/tmp.ts'

const EVIL = 'evil.example'
const NO_WORKERS = ['--workers', '0']

test('a site whose name was made to lead here gets no page, no part of one and no file, and can command nothing', async () => {
  const { folder, store } = await aStore()
  const { id } = await aJob(store.db)
  const server = await aServer(folder, NO_WORKERS)
  const port = new URL(server.origin).port
  const page = await (await fetch(`${server.url}jobs`)).text()
  const asset = /\/assets\/app\.[\w-]+\.css/.exec(page)?.[0]
  const paths = ['/', '/jobs', `/jobs/${id}`, `/jobs/${id}/live`, '/jobs/rows?ids=1', '/healthz']
  for (const path of [...paths, String(asset)]) {
    const lines = [`GET ${path} HTTP/1.1`, `Host: ${EVIL}:${port}`, 'HX-PTag: 1']
    const { status, body } = await rawRequest(server, lines)
    expect([path, status]).toEqual([path, 421])
    expect(body).toBe(
      `This server does not answer for ${EVIL}:${port}; if the name is its own, whoever runs it names it in TALLYMAN_HOSTS.\n`,
    )
  }
  const form = [
    `POST /jobs/${id}/start HTTP/1.1`,
    `Host: ${EVIL}:${port}`,
    `Origin: http://${EVIL}:${port}`,
    'Sec-Fetch-Site: same-origin',
    'Accept-Language: es',
    'Content-Type: application/x-www-form-urlencoded',
  ]
  const { status, body } = await rawRequest(server, form, 'a=b')
  expect([status, body]).toEqual([421, expect.stringMatching(/^Este servidor no responde por/)])
  expect((await findJob(store.db, id))?.status).toBe('editing')
})

const OWN_HOSTS = `localhost LOCALHOST:1 127.0.0.1:3000 127.8.9.10 [::1]:3000 tally tally:99
  Tally.example:8443 proxy.example`.split(/\s+/)

const REQUESTS: [string, string[], number][] = [
  ...OWN_HOSTS.map((host): [string, string[], number] => ['/jobs', [`Host: ${host}`], 200]),
  ['/jobs', [`Host: ${EVIL}`], 421],
  ['/jobs', ['Host: 127.0.0.1.evil.example'], 421],
  ['/jobs', ['Host: evil-localhost'], 421],
  ['/jobs', ['Host: 192.0.2.1'], 421],
  // Of a host that is named with its port, another port is another server.
  ['/jobs', ['Host: tally.example:80'], 421],
  ['/jobs', ['Host:'], 421],
  ['/jobs', [], 400],
  ['/jobs', ['Host: a@localhost'], 400],
  ['/jobs', [`Host: ${EVIL}`, 'Host: localhost'], 400],
  ['/jobs', ['Host: localhost', `Host: ${EVIL}`], 400],
  ['/jobs', ['Host: localhost', 'host: localhost'], 400],
  ['/jobs', [`Host: ${EVIL}`, 'X-Forwarded-Host: localhost'], 421],
  ['/jobs', ['Host: localhost', `X-Forwarded-Host: ${EVIL}`], 200],
  ['http://localhost/jobs', ['Host: localhost'], 200],
  [`http://${EVIL}/jobs`, ['Host: localhost'], 421],
  ['http://localhost/jobs', [`Host: ${EVIL}`], 421],
]

test('a server answers to its own names and to those that are configured, and believes no other', async () => {
  const server = await aServer(tmpDir(), NO_WORKERS, {
    TALLYMAN_HOSTS: 'tally, tally.example:8443',
    TALLYMAN_TRUSTED_ORIGINS: 'https://proxy.example:8444',
  })
  for (const [target, headers, expected] of REQUESTS) {
    const { status } = await rawRequest(server, [`GET ${target} HTTP/1.1`, ...headers])
    expect([target, headers, status]).toEqual([target, headers, expected])
  }
  // Who looks whether it is well may name no host; a browser always does.
  expect((await rawRequest(server, ['GET /healthz HTTP/1.0'])).status).toBe(200)
})

test('too long an address and too long a header are refused by their status', async () => {
  const server = await aServer(tmpDir(), NO_WORKERS)
  const long = 'x'.repeat(20_000)
  for (const lines of [
    [`GET /jobs?text=${long} HTTP/1.1`, 'Host: localhost'],
    ['GET /jobs HTTP/1.1', 'Host: localhost', `Cookie: ${long}`],
  ]) {
    expect((await rawRequest(server, lines)).status).toBe(431)
  }
})

test('a server that listens everywhere answers to the name and the addresses of its machine', async () => {
  const server = await aServer(tmpDir(), ['--host', '0.0.0.0', ...NO_WORKERS])
  const ask = (host: string) => rawRequest(server, ['GET /jobs HTTP/1.1', `Host: ${host}`])
  expect((await ask(`${hostname()}:80`)).status).toBe(200)
  expect((await ask(EVIL)).status).toBe(421)
})

test.each([
  ['10.0.0.7', '10.0.0.7:3000', 200],
  ['::ffff:10.0.0.7', '10.0.0.7', 200],
  ['fd00::7', '[fd00::7]', 200],
  ['10.0.0.7', '10.0.0.8', 421],
])('at the address %s a request for %s is answered with %i', async (came, host, status) => {
  const { get } = await anApp({ host: '::' }, { localAddress: came })
  expect((await get(`http://${host}/jobs`)).status).toBe(status)
})
