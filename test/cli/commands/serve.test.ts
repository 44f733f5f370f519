import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import {
  aBigImport,
  aWaitingJob,
  countPeople,
  isUnderWay,
  until,
  WHOLE,
} from '../../support/jobs/big-import.ts'
import { tallyman } from '../../support/programs/cli.ts'
import { aServer, isAlive, untilGone, workerOf } from '../../support/programs/server.ts'
import { tmpDir } from '../../support/tmp.ts'

test('the server shows the jobs where it says, and that it is well', async () => {
  const { url, origin, child, gone } = await aServer(tmpDir(), ['--workers', '0'])
  const list = await fetch(`${url}jobs`)
  expect(list.status).toBe(200)
  expect(await list.text()).toContain('There are no jobs yet.')
  const health = await fetch(`${origin}/healthz`)
  expect([health.status, await health.text()]).toEqual([200, 'ok\n'])
  const probe = connect(Number(new URL(origin).port), '127.0.0.1')
  probe.write('GET /healthz HTTP/1.0\r\n\r\n')
  expect(await text(probe)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\nok\n$/)

  child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
})

test('under a base path everything lies behind it, and health at the root as well', async () => {
  const env = { TALLYMAN_BASE_PATH: 'tools/tally/' }
  const { url, origin } = await aServer(tmpDir(), ['--workers', '0'], env)
  expect(url).toBe(`${origin}/tools/tally/`)
  const page = await (await fetch(url)).text()
  expect(page.match(/(?:href|src|action)="(?!#|\/tools\/tally\/)[^"]*"/g)).toBeNull()
  for (const path of ['/healthz', '/tools/tally/healthz']) {
    expect((await fetch(origin + path)).status).toBe(200)
  }
  expect((await fetch(`${origin}/jobs`)).status).toBe(404)
})

test('a job is run by a worker, let go of when the server stops, and gone on with by the next', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  // A second worker, which is still starting, may go on with it before it is told to end.
  const first = await aServer(folder, ['--workers', '1'])
  await until(store, id, isUnderWay)
  const worker = await workerOf(store, id)
  expect(worker).not.toBe(first.child.pid)
  first.child.kill('SIGTERM')
  expect(await first.gone).toEqual([0, null])
  expect(isAlive(worker)).toBe(false)
  expect(await findJob(store.db, id)).toMatchObject({ status: 'shutting_down', claim: null })

  await aServer(folder)
  expect(await until(store, id, ({ status }) => status === 'finished')).toMatchObject(WHOLE)
  expect(await countPeople(store)).toBe(WHOLE.counters.inserted)
})

test('the worker of a server that is killed lets go of its job, and ends', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  const { child } = await aServer(folder, ['--workers', '1'])
  await until(store, id, isUnderWay)
  const worker = await workerOf(store, id)
  child.kill('SIGKILL')

  await untilGone(worker)
  expect(await findJob(store.db, id)).toMatchObject({ status: 'shutting_down', claim: null })
})

test('a worker that is killed is replaced, and its job goes on', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  await aServer(folder, ['--workers', '1'])
  await until(store, id, isUnderWay)
  process.kill(await workerOf(store, id), 'SIGKILL')

  expect(await until(store, id, ({ status }) => status === 'finished')).toMatchObject(WHOLE)
})

test('a second Ctrl-C ends server and workers at once', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  const { child, gone } = await aServer(folder, ['--workers', '1'])
  await until(store, id, isUnderWay)
  const worker = await workerOf(store, id)
  // One that hangs would be waited for.
  process.kill(worker, 'SIGSTOP')
  while (child.exitCode === null) {
    child.kill('SIGINT')
    await pause(50)
  }

  expect(await gone).toEqual([130, null])
  await untilGone(worker)
})

test('a page that polls does not hold up the end of the server', async () => {
  const { child, gone, url } = await aServer(tmpDir(), ['--workers', '0'])
  const pollForEver = async () => {
    for (;;) await (await fetch(url)).text()
  }
  const polling = expect(pollForEver()).rejects.toThrow()
  await fetch(url)
  child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
  await polling
})

test('what can not be listened on is told in one sentence', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void blocker.close())
  await once(blocker, 'listening')
  const { port } = addressOf(blocker.address())
  const folder = tmpDir()
  const calls: [string[], RegExp][] = [
    [['--port', String(port)], new RegExp(`^Another program listens on 127.0.0.1, port ${port};`)],
    [['--host', '192.0.2.1', '--port', '0'], /^This machine has no address "192.0.2.1"; name one/],
    [['--port', '99999'], /^--port: Write a whole number from 0 to 65,535\./],
    [['--database', 'sqlite:/dev/null/x'], /^The database .*\/dev\/null\/x cannot be used:/],
  ]
  for (const [args, sentence] of calls) {
    const { code, out, err } = await tallyman(folder, ['serve', ...args])
    expect(err).toMatch(sentence)
    expect([code, out, err.trim().split('\n')]).toEqual([2, '', [expect.any(String)]])
  }
})

test('all that is wrong with the configuration is told at once, in Spanish too', async () => {
  const { code, err } = await tallyman(tmpDir(), ['serve'], {
    TALLYMAN_TIME_ZONE: 'Mars/Phobos',
    TALLYMAN_WORKERS: 'many',
    LC_ALL: 'es_ES.UTF-8',
  })
  expect(err).toBe(
    'TALLYMAN_WORKERS: Escriba un número entero del 0 al 64.\n' +
      'TALLYMAN_TIME_ZONE: Escriba el nombre de una zona horaria, como Europe/Madrid.\n',
  )
  expect(code).toBe(2)
})

test('a folder that was named and is not there is refused; a default one is made', async () => {
  const { code, err } = await tallyman(tmpDir(), ['serve'], { TALLYMAN_INBOX: 'inbx' })
  expect(err).toBe('TALLYMAN_INBOX: There is no folder inbx; make it first.\n')
  expect(code).toBe(2)
})

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address
}
