import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launchChromium } from '../support/pages/chromium.ts'
import { MAIN } from '../support/programs/main.ts'
import { everyKindOfPage } from '../support/pages/pages.ts'

/** The pictures of the README; with a folder, every page as every reader sees it, to be looked at. */
const [folder] = process.argv.slice(2)
const ROOT = path.join(import.meta.dirname, '../..')
const QUIET = { LC_ALL: 'C', TALLYMAN_LOG_LEVEL: 'error', TALLYMAN_TIME_ZONE: 'UTC' }
const browser = await launchChromium()
const demo = await startDemo()
try {
  if (folder === undefined) await drawForReadme(browser, demo.origin)
  else await drawAll(browser, demo.origin, folder)
} finally {
  await browser.close()
  await demo.stop()
}

async function startDemo() {
  const place = mkdtempSync(path.join(tmpdir(), 'tallyman-demo-'))
  const child = spawn(process.execPath, [MAIN, 'demo', '--port', '0', '--json'], {
    cwd: place,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...QUIET },
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url }: { url: string } = JSON.parse(String(line))
  return {
    origin: new URL(url).origin,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'close')
      rmSync(place, { recursive: true })
    },
  }
}

async function drawForReadme(browser: Browser, origin: string): Promise<void> {
  const page = await openAt(browser, origin, {})
  await page.goto('/jobs')
  const job = await page.getAttribute('tr:has(.icon-finished_rejects) a', 'href')
  const pictures = {
    list: '/jobs',
    general: `${job}`,
    rejects: `${job}/rejects`,
    report: `${job}/report`,
  }
  const into = path.join(ROOT, 'public/screenshots')
  mkdirSync(into, { recursive: true })
  for (const [name, url] of Object.entries(pictures)) {
    await page.goto(url)
    await page.screenshot({ path: path.join(into, `${name}.png`) })
  }
}

async function drawAll(browser: Browser, origin: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true })
  const first = await openAt(browser, origin, {})
  const paths = await everyKindOfPage(first)
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const locale of ['en', 'es']) {
        const viewport = { width, height: 800 }
        const page = await openAt(browser, origin, { colorScheme, locale, viewport })
        for (const url of paths) {
          await page.goto(url)
          const name = `${url.replace(/\W+/g, '-')}-${width}-${colorScheme}-${locale}.png`.slice(1)
          await page.screenshot({ path: path.join(into, name), fullPage: true })
        }
        await page.context().close()
      }
    }
  }
}

async function openAt(browser: Browser, baseURL: string, reader: BrowserContextOptions) {
  const viewport = { width: 1280, height: 760 }
  const context = await browser.newContext({ baseURL, locale: 'en', viewport, ...reader })
  return await context.newPage()
}
