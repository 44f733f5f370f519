import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { afterFile } from '../after-file.ts'
import { launchChromium } from './chromium.ts'

export type Reader = Pick<
  BrowserContextOptions,
  | 'colorScheme'
  | 'forcedColors'
  | 'hasTouch'
  | 'isMobile'
  | 'javaScriptEnabled'
  | 'locale'
  | 'viewport'
>

/** What a test may do that a page must not: stop the server, be refused. */
type Expected = { failures?: RegExp | undefined }

let launching: Promise<Browser> | undefined

/** A page of a reader's own, in English and light unless they say otherwise. Nothing may go wrong in it. */
export async function openPage(
  url: string,
  { failures, ...reader }: Reader & Expected = {},
): Promise<Page> {
  const browser = await launched()
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    ...reader,
  })
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  const faults = faultsOf(page, new URL(url).origin)
  onTestFinished(async () => {
    await context.close()
    expect(faults.filter((fault) => failures?.test(fault) !== true)).toEqual([])
  })
  await page.goto(url)
  return page
}

/** One for all tests of a file; it is gone when they are over. */
async function launched(): Promise<Browser> {
  if (launching === undefined) {
    launching = launchChromium()
    afterFile(close)
  }
  return await launching
}

async function close(): Promise<void> {
  await (await launching)?.close()
  launching = undefined
}

/** What a browser complains of: errors, what the content policy blocked, requests to other hosts. */
function faultsOf(page: Page, origin: string): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      faults.push(`console: ${message.text()} (${message.location().url})`)
    }
  })
  page.on('pageerror', (error) => void faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol.startsWith('http') && asked !== origin) faults.push(`request: ${request.url()}`)
  })
  return faults
}

/** Waits until an element says this. */
export async function shows(page: Page, selector: string, text: string | RegExp): Promise<void> {
  await page.locator(selector).filter({ hasText: text }).first().waitFor()
}

/** Waits until the page has asked so many times what is new, and was answered. */
export async function polls(page: Page, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    await page.waitForResponse((response) => isPoll(response.url()))
  }
}

export function isPoll(url: string): boolean {
  return /\/jobs\/(\d+\/live|rows)\?/.test(url)
}
