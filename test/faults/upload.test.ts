import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { anApp, OWN } from '../support/pages/app.ts'
import { pageOf, textOf } from '../support/pages/html.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { pathsOf } from '../../src/domain/specification/stored-path.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { clearFiles } from '../../src/worker/cleanup/clear-up.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'
import { aDisk, canMount } from '../support/faults/small-disk.ts'

const HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,name\n'
const MEBIBYTE = 1024 * 1024
/** Each has a kilobyte. */
const RECORDS = 20_000

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

test.runIf(canMount)(
  'a browser that sends all before it reads sees what is said of a full disk: whole, and in parts',
  async () => {
    const { folder } = aDisk(3 * 1024)
    const { origin, store } = await aConsole({ TALLYMAN_WORKERS: '0', TALLYMAN_FILES: folder })
    const whole = await sendThenRead(origin, '/uploads', {
      headers: ['Content-Type: multipart/form-data; boundary=x'],
      head: HEAD,
      tail: '\r\n--x--\r\n',
    })
    expect(whole).toMatch(/^HTTP\/1.1 409 [^]*The disk is full/)
    await expect.poll(() => readdirSync(path.join(folder, 'sources'))).toEqual([])

    const begin = {
      method: 'POST',
      headers: OWN,
      body: new URLSearchParams({ name: 'a', size: '9' }),
    }
    const id = await idIn(await fetch(`${origin}/uploads/parts`, begin))
    const part = await sendThenRead(origin, `/uploads/${id}`, { headers: ['Upload-Offset: 0'] })
    expect(part).toMatch(/^HTTP\/1.1 409 [^]*The disk is full/)
    expect(await store.db.selectFrom('tallyman_job').select('id').execute()).toEqual([])
  },
)

/** Sends 16 MiB in two seconds, as a browser does: it reads no answer before all is sent. */
async function sendThenRead(
  origin: string,
  url: string,
  { headers, head = '', tail = '' }: { headers: string[]; head?: string; tail?: string },
): Promise<string> {
  const { port, hostname, host } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  const write = promisify<string, void>((text, done) => socket.write(text, done))
  const length = head.length + 16 * MEBIBYTE + tail.length
  const own = [`Host: ${host}`, 'Sec-Fetch-Site: same-origin', `Content-Length: ${length}`]
  await write(
    [`POST ${url} HTTP/1.1`, ...own, 'Connection: close', ...headers, '', head].join('\r\n'),
  )
  for (let mebibyte = 0; mebibyte < 16; mebibyte++) {
    await pause(100)
    await write('x'.repeat(MEBIBYTE))
  }
  await write(tail)
  return await readText(socket)
}

test.runIf(canMount)(
  'an upload that fills the disk of the database too is told in a sentence, leaves nothing, and the next one works',
  async () => {
    const disk = aDisk(6 * 1024)
    const env = { TALLYMAN_WORKERS: '0', TALLYMAN_LOG_LEVEL: 'silent' }
    const { origin, store } = await aConsole(env, disk.folder)
    const stored = () => store.db.selectFrom('tallyman_file').select('id').execute()
    const upload = async (mebibytes: number) => {
      const body = new FormData()
      body.append('file', new Blob([`id,name\n1,${'x'.repeat(mebibytes * MEBIBYTE)}\n`]), 'a.csv')
      const headers = { 'sec-fetch-site': 'same-origin', connection: 'close' }
      return await fetch(`${origin}/uploads`, { method: 'POST', headers, body, redirect: 'manual' })
    }
    for (let time = 0; time < 3; time++) {
      const answer = await upload(10)
      // It is the file that finds no room, or the database that notes its size.
      const page = await pageOf(answer, answer.status === 503 ? 503 : 409)
      expect(textOf(page.querySelector('main'))).toContain('The disk is full')
      await expect.poll(stored).toEqual([])
      expect(readdirSync(disk.folder).filter((name) => name.includes('-input-'))).toEqual([])
    }
    expect((await upload(1)).headers.get('location')).toBe('/jobs/1/edit/file')
    expect(await stored()).toHaveLength(1)
  },
)

async function idIn(begun: Response): Promise<string> {
  const { id }: { id: string } = await begun
    .json()
    .then((answer) => ({ id: '', ...Object(answer) }))
  return id
}

/** A form whose file never ends by itself. */
function aForm(origin: string): Socket {
  const { port, hostname } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
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
  return socket
}

test('an upload whose connection breaks leaves nothing, and the server goes on', async () => {
  const { origin, store } = await aConsole()
  const files = () => store.db.selectFrom('tallyman_file').select('id').execute()
  const socket = aForm(origin)
  await expect.poll(files).toHaveLength(1)
  socket.write('x'.repeat(2 * MEBIBYTE))
  socket.resetAndDestroy()
  await expect.poll(files).toEqual([])
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

test('a server that is killed during uploads leaves no half of a job, and what is sent again is imported once', async () => {
  const { origin, store, kill, startAgain } = await aConsole({ TALLYMAN_WORKERS: '0' })
  const { db } = store
  const files = () => db.selectFrom('tallyman_file').select(['id', 'size', 'path']).execute()
  const stored = async () => Math.max(0, ...(await files()).map(({ size }) => size))
  const jobs = () => db.selectFrom('tallyman_job').select('id').execute()
  const crash = async () => {
    await kill()
    await startAgain()
    expect(await jobs()).toEqual([])
  }

  aForm(origin).write('x'.repeat(3 * MEBIBYTE))
  await expect.poll(stored).toBeGreaterThan(0)
  await crash()
  await db.updateTable('tallyman_file').set({ unused_since: '2020-01-01T00:00:00.000Z' }).execute()
  expect(await clearFiles(db)).toEqual([])
  expect(await files()).toEqual([])

  const lines = Array.from({ length: RECORDS }, (_, id) => `${id},${'x'.repeat(1_000)}\n`)
  const content = Buffer.from(`id,name\n${lines.join('')}`)
  const post = (url: string, body: string | Uint8Array<ArrayBuffer> | URLSearchParams, from = 0) =>
    fetch(`${origin}/uploads/${url}`, {
      method: 'POST',
      headers: { ...OWN, 'upload-offset': String(from) },
      body,
    })
  const size = String(content.length)
  const id = await idIn(await post('parts', new URLSearchParams({ name: 'people.csv', size })))
  const sent = post(id, new Uint8Array(content)).catch(() => undefined)
  await expect.poll(stored).toBeGreaterThan(0)
  await crash()
  await sent
  const kept = await stored()
  expect((await post(id, new Uint8Array(content.subarray(kept)), kept)).status).toBe(200)
  expect(await stored()).toBe(content.length)

  const make = () => post(`${id}/job`, new URLSearchParams({ size }))
  const lost = make().catch(() => undefined)
  await kill()
  await lost
  await startAgain()
  await expect.poll(async () => (await make()).status).toBe(200)
  expect(await jobs()).toHaveLength(1)

  await transition(db, 1, 'start', { now: new Date(), actor: 'ana' })
  await runWaiting(store)
  expect(await findJob(db, 1)).toMatchObject({
    status: 'finished',
    counters: { inserted: RECORDS, rejects: 0 },
    file_sha256: createHash('sha256').update(content).digest('hex'),
  })
  expect(await files()).toHaveLength(1)
})

test('a server that is killed before it answers makes one job of several files, and adds others to it once', async () => {
  const { origin, store, kill, startAgain } = await aConsole({ TALLYMAN_WORKERS: '0' })
  const { db } = store
  const post = (url: string, body: string | URLSearchParams) =>
    fetch(`${origin}/uploads/${url}`, {
      method: 'POST',
      headers: { ...OWN, 'upload-offset': '0' },
      body,
    })
  const send = async (name: string, content: string) => {
    const size = String(content.length)
    const id = await idIn(await post('parts', new URLSearchParams({ name, size })))
    expect((await post(id, content)).status).toBe(200)
    return { id, size }
  }
  const perhaps = async (make: () => Promise<Response>) => {
    const lost = make().catch(() => undefined)
    await kill()
    await lost
    await startAgain()
    await expect.poll(async () => (await make()).status).toBe(200)
  }
  const pathsNow = async () => {
    const job = await findJob(db, 1)
    return job === undefined ? [] : pathsOf(job.specification)
  }

  const [a, b] = [await send('a.csv', 'id,name\n1,Ann\n'), await send('b.csv', 'name;id\nBob;2\n')]
  const whole = new URLSearchParams({ size: b.size, before: `${a.id}:${a.size}` })
  await perhaps(() => post(`${b.id}/job`, whole))
  expect(await pathsNow()).toEqual([a, b].map(({ id }) => `stored:${id}`))

  const late = await send('c.csv', 'id,name\n3,Cy\n2,Bo\n')
  await perhaps(() => post(`${late.id}/job?job=1`, new URLSearchParams({ size: late.size })))
  expect(await pathsNow()).toEqual([a, b, late].map(({ id }) => `stored:${id}`))
  expect(await db.selectFrom('tallyman_job').select('id').execute()).toHaveLength(1)

  await transition(db, 1, 'start', { now: new Date(), actor: 'ana' })
  await runWaiting(store)
  expect(await findJob(db, 1)).toMatchObject({ status: 'finished', counters: { processed: 4 } })
  const links = await db.selectFrom('tallyman_job_file').select('file_id').execute()
  expect(links).toHaveLength(3)
})
