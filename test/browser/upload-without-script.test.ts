import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { consoleTexts } from '../../src/i18n/console.ts'
import { cuttableProxy } from '../support/cluster/cuttable-proxy.ts'
import { openPage, shows } from '../support/pages/browser.ts'
import { aConsole, type ConsoleServer } from '../support/programs/console-server.ts'

const MEBIBYTE = 1024 * 1024
/** What the browser itself says of a page that does not come. */
const AWAY = /ERR_|Failed to load|4\d\d|status of/
/** An address at which nobody listens. */
const NOWHERE = 'http://127.0.0.1:1'
const { upload } = consoleTexts('en')

/** On its way for ten seconds, which is longer than a server that stops waits for a request. */
function aLargeFile({ folder }: { folder: string }): string {
  const file = path.join(folder, 'large.csv')
  const line = `${'x'.repeat(1022)},\n`
  writeFileSync(file, `name,id\n${line.repeat(40 * 1024)}`)
  return file
}

/** The page where a new import begins, over a line of 4 MiB a second. */
async function aSlowPage(origin: string): Promise<Page> {
  const url = new URL('/jobs/new/import', origin).href
  const page = await openPage(url, { javaScriptEnabled: false, failures: AWAY })
  const tools = await page.context().newCDPSession(page)
  await tools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 4 * MEBIBYTE,
  })
  return page
}

function aSmallFile({ folder }: { folder: string }): string {
  const file = path.join(folder, 'small.csv')
  writeFileSync(file, 'id,name\n1,Ana\n')
  return file
}

const filesOf = ({ store }: ConsoleServer) =>
  store.db.selectFrom('tallyman_file').select(['id', 'size']).execute()
const jobsOf = ({ store }: ConsoleServer) =>
  store.db.selectFrom('tallyman_job').select('id').execute()

async function send(page: Page, file: string): Promise<void> {
  await page.getByLabel(upload.file).setInputFiles(file)
  await page.getByRole('button', { name: upload.send }).click({ noWaitAfter: true })
}

/** The browser says in its own words that the server is away. */
async function showsNothing(page: Page): Promise<void> {
  await expect.poll(() => page.url()).toMatch(/^chrome-error:/)
}

test('an upload whose connection breaks leaves nothing, and Back leads to the form, where it is sent again', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const proxy = await cuttableProxy(server.origin)
  onTestFinished(() => proxy.stop())
  const page = await aSlowPage(proxy.url)
  await send(page, aLargeFile(server))
  await expect.poll(async () => (await filesOf(server))[0]?.size ?? 0).toBeGreaterThan(MEBIBYTE)
  // A browser sends a form again by itself where its connection was an old one.
  proxy.leadTo(NOWHERE)
  proxy.cut()
  proxy.restore()
  await showsNothing(page)
  await expect.poll(() => filesOf(server)).toEqual([])
  expect(await jobsOf(server)).toEqual([])

  proxy.leadTo(server.origin)
  await page.goBack()
  await send(page, aSmallFile(server))
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
  expect((await findJob(server.store.db, 1))?.file_name).toBe('small.csv')
  expect(await filesOf(server)).toHaveLength(1)
})

test('an upload that is too large is refused in a sentence while it is sent, and leaves nothing', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0', TALLYMAN_MAX_UPLOAD: '10' })
  const page = await aSlowPage(server.origin)
  await send(page, aLargeFile(server))
  await shows(page, 'main [role="alert"]', 'at most 10 MB are taken')
  await expect.poll(() => filesOf(server)).toEqual([])
  await page.goBack()
  await send(page, aSmallFile(server))
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
})

test('an upload whose server is stopped leaves nothing, and is sent again once one is there', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const page = await aSlowPage(server.origin)
  await send(page, aLargeFile(server))
  await expect.poll(async () => (await filesOf(server))[0]?.size ?? 0).toBeGreaterThan(MEBIBYTE)
  await server.stop()
  await showsNothing(page)
  await server.startAgain()
  await expect.poll(() => filesOf(server)).toEqual([])
  expect(await jobsOf(server)).toEqual([])
  await page.goBack()
  await send(page, aSmallFile(server))
  await page.waitForURL(/\/jobs\/1\/edit\/file$/)
})
