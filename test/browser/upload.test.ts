import { createHash } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { openStored } from '../../src/pipeline/files/stored-file.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { cuttableProxy } from '../support/cluster/cuttable-proxy.ts'
import { openPage } from '../support/pages/browser.ts'
import { aConsole, type ConsoleServer } from '../support/programs/console-server.ts'

const PART_BYTES = 8 * 1024 * 1024
const LINE = `${'x'.repeat(998)},1\n`
const AWAY = /ERR_|Failed to load|40\d|status of/

/** Several parts long. */
function aLargeFile({ folder }: ConsoleServer): { file: string; sha256: string } {
  const file = path.join(folder, 'large.csv')
  const content = `name,id\n${LINE.repeat(30_000)}`
  writeFileSync(file, content)
  return { file, sha256: createHash('sha256').update(content).digest('hex') }
}

async function uploadedHash({ store }: ConsoleServer, page: Page): Promise<string> {
  const [, id] = /\/jobs\/(\d+)\/edit\/file/.exec(page.url()) ?? []
  const job = await findJob(store.db, Number(id))
  const stored = await openStored(store.db, job?.specification.path.replace('stored:', '') ?? '')
  const buffer = Buffer.alloc(stored.identity.size)
  for (let at = 0; at < buffer.length;) {
    at += (await stored.read(buffer, at, buffer.length - at, at)).bytesRead
  }
  await stored.close()
  return createHash('sha256').update(buffer).digest('hex')
}

async function send(page: Page, files: string | string[]): Promise<void> {
  await page.setInputFiles('#upload-file', files)
  await page.click('#button-upload')
}

const bar = (page: Page) => page.locator('#upload-bar')
const share = async (page: Page) => Number(await bar(page).getAttribute('value'))

test('an upload of two files shows how far it is, and goes on by itself when the server was away', async () => {
  const server = await aConsole()
  const { file, sha256 } = aLargeFile(server)
  const page = await openPage(`${server.origin}/jobs/new/import`, { failures: AWAY })
  let parts = 0
  await page.route(/\/uploads\/[0-9a-f-]{36}$/, async (route) => {
    if (route.request().method() === 'POST' && ++parts === 2) await server.stop()
    await route.continue()
  })
  const second = path.join(server.folder, 'small.csv')
  writeFileSync(second, 'id,name\n2,Bo\n')
  await send(page, [file, second])
  await page.locator('#upload-told').filter({ hasText: 'goes on by itself' }).waitFor()
  expect(await share(page)).toBeGreaterThan(0)
  await server.startAgain()
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
  expect(await uploadedHash(server, page)).toBe(sha256)
  const job = await findJob(server.store.db, 1)
  expect(job?.file_name).toBe('large.csv, small.csv')
})

test('an upload whose connection breaks in the middle of a part is taken up again by itself', async () => {
  const server = await aConsole()
  const proxy = await cuttableProxy(server.origin)
  onTestFinished(() => proxy.stop())
  const { file, sha256 } = aLargeFile(server)
  const page = await openPage(`${proxy.url}jobs/new/import`, { failures: AWAY })
  let parts = 0
  await page.route(/\/uploads\/[0-9a-f-]{36}$/, async (route) => {
    if (route.request().method() === 'POST' && ++parts === 2) proxy.cut()
    await route.continue()
  })
  await send(page, file)
  await expect.poll(() => share(page)).toBeGreaterThan(PART_BYTES / statSync(file).size + 0.01)
  proxy.restore()
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
  expect(await uploadedHash(server, page)).toBe(sha256)
})

test('an upload whose page was left goes on where it was, when the file is chosen again', async () => {
  const server = await aConsole()
  const { file, sha256 } = aLargeFile(server)
  const page = await openPage(`${server.origin}/jobs/new/import`, { failures: AWAY })
  const offsets: number[] = []
  await page.route(/\/uploads\/[0-9a-f-]{36}$/, async (route) => {
    const offset = route.request().headers()['upload-offset']
    if (offset !== undefined && offsets.push(Number(offset)) === 3) await route.abort()
    else await route.continue()
  })
  page.on('dialog', (dialog) => void dialog.accept())
  await send(page, file)
  await expect.poll(() => offsets.length).toBeGreaterThan(2)
  await page.reload()
  await send(page, file)
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
  expect(offsets.filter((offset) => offset === 0)).toHaveLength(1)
  expect(offsets).toContain(PART_BYTES)
  expect(await uploadedHash(server, page)).toBe(sha256)
})

test('an upload that is stopped leaves nothing, and a file that is too large is not sent', async () => {
  const server = await aConsole({ TALLYMAN_MAX_UPLOAD: '29' })
  const { file } = aLargeFile(server)
  const page = await openPage(`${server.origin}/jobs/new/import`, { failures: AWAY })
  await page.route(/\/uploads\/[0-9a-f-]{36}$/, (route) =>
    route.request().headers()['upload-offset'] === String(PART_BYTES)
      ? undefined
      : route.continue(),
  )
  await send(page, file)
  await expect.poll(() => share(page)).toBeGreaterThan(0)
  await page.click('#button-stop-upload')
  await page.locator('#button-upload').waitFor({ state: 'visible' })
  const files = () => server.store.db.selectFrom('tallyman_file').select('id').execute()
  await expect.poll(files).toEqual([])
  writeFileSync(file, `name,id\n${LINE.repeat(32_000)}`)
  await send(page, file)
  await page.locator('#upload-error').filter({ hasText: 'larger than' }).waitFor()
  expect(await files()).toEqual([])
})

test.each([true, false])('a file is uploaded with scripts and without: %s', async (scripts) => {
  const server = await aConsole()
  const file = path.join(server.folder, 'Personas.csv')
  writeFileSync(file, 'id;nombre\n1;Ana\n')
  const page = await openPage(`${server.origin}/jobs/new/import`, { javaScriptEnabled: scripts })
  await send(page, file)
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
  expect(await page.textContent('h1')).toContain('Personas.csv')
})
