import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPage, type Reader } from '../support/browser.ts'
import { aConsole, type ConsoleServer } from '../support/console-server.ts'
import { JOB_STATUSES } from '../../src/domain/status.ts'
import { aJob } from '../support/a-job.ts'
import { aDirtyImport } from '../support/every-page.ts'
import { everyKindOfPage } from '../support/pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const NARROW = { viewport: { width: 390, height: 844 } }
/** What is reached by scrolling sideways alone; a chart is a drawing, and may. */
const HIDDEN_AT_THE_SIDE = `
  [...document.querySelectorAll('main *')]
    .filter((one) => one.scrollWidth > one.clientWidth && one.className !== 'chart-frame')
    .filter((one) => getComputedStyle(one).overflowX === 'auto')
    .map((one) => one.className)`
/** Words in less room than two letters take. */
const SQUEEZED = `
  [...document.querySelectorAll('main *:not(.visually-hidden)')]
    .filter(({ childNodes }) => [...childNodes]
      .some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim().length > 3))
    .filter((one) => {
      const { width } = one.getBoundingClientRect()
      return width > 0 && width < 1.5 * parseFloat(getComputedStyle(one).fontSize)
    })
    .map(({ textContent }) => textContent)`
/** Words that stick out of their cell, into the next one. */
const CUT = `
  [...document.querySelectorAll('main :is(td, th)')]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map(({ textContent }) => textContent)`
/** A finger needs 24 pixels each way; a box is also ticked by its label. */
const SMALL = `
  [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility())
    .map((one) => [one, [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect())])
    .filter(([, boxes]) => boxes.every(({ width, height }) => width < 23.9 || height < 23.9))
    .map(([one, [box]]) => (one.id || one.outerHTML) + ' ' + box.width + ' x ' + box.height)`
const READERS: [string, Reader][] = [
  ['in light', {}],
  ['in dark', { colorScheme: 'dark' }],
  ['in Spanish', { locale: 'es-ES' }],
  ['on a telephone', NARROW],
  ['on a telephone in dark and Spanish', { ...NARROW, colorScheme: 'dark', locale: 'es-ES' }],
]

/** A console with jobs in every status; no worker moves them. */
async function aFullConsole(): Promise<ConsoleServer> {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  await aDirtyImport(server)
  for (const status of JOB_STATUSES) {
    await aJob(server.store.db, { status, label: `People who are ${status}`, now: new Date() })
  }
  return server
}

describe('on every kind of page', () => {
  test.each(READERS)('axe finds nothing %s', async (_reader, reader) => {
    const { origin } = await aFullConsole()
    const page = await openPage(`${origin}/jobs`, reader)
    const faults: string[] = []
    for (const path of await everyKindOfPage(page)) {
      await page.goto(path)
      faults.push(...(await axeFaults(page)).map((fault) => `${path}: ${fault}`))
    }
    expect(faults).toEqual([])
  })

  test('nothing sticks out at the side of a narrow screen, nor in text of twice the size', async () => {
    const { origin, store } = await aFullConsole()
    const page = await openPage(`${origin}/jobs`, NARROW)
    const wide: string[] = []
    const { id } = await aJob(store.db, { status: 'finished', label: 'x'.repeat(200) })
    for (const path of [...(await everyKindOfPage(page)), `/jobs/${id}/delete`]) {
      await page.goto(new URL(path, origin).href)
      const hidden = await page.evaluate<string[]>(HIDDEN_AT_THE_SIDE)
      wide.push(...hidden.map((part) => `${path}: ${part}`))
      for (const size of ['14px', '28px']) {
        await page.evaluate(`document.documentElement.style.fontSize = '${size}'`)
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        if (width > 390) wide.push(`${path} in ${size}: ${width} px`)
        const squeezed = await page.evaluate<string[]>(SQUEEZED)
        wide.push(...squeezed.map((words) => `${path} in ${size}: ${words}`))
      }
    }
    expect(wide).toEqual([])
  })

  test('no word is cut or squeezed in a list, however wide the window is', async () => {
    const { origin } = await aFullConsole()
    const page = await openPage(`${origin}/jobs`, { locale: 'es-ES' })
    const faults: string[] = []
    for (const width of [1600, 1280, 1100, 1000, 900, 700, 390]) {
      await page.setViewportSize({ width, height: 800 })
      const words = await page.evaluate<string[]>(`[...${SQUEEZED}, ...${CUT}]`)
      faults.push(...words.map((one) => `${width} px: ${one}`))
    }
    expect(faults).toEqual([])
  })

  test('whatever is clicked is large enough to be hit', async () => {
    const { origin } = await aFullConsole()
    const page = await openPage(`${origin}/jobs`)
    const small: string[] = []
    for (const path of await everyKindOfPage(page)) {
      await page.goto(path)
      const found = await page.evaluate<string[]>(SMALL)
      small.push(...found.map((one) => `${path}: ${one}`))
    }
    expect(small).toEqual([])
  })

  test('text of twice the size hides no button, link or field', async () => {
    const { origin } = await aFullConsole()
    const page = await openPage(`${origin}/jobs`)
    const lost: string[] = []
    for (const path of await everyKindOfPage(page)) {
      await page.goto(path)
      const before = await reachable(page)
      await page.evaluate(`document.documentElement.style.fontSize = '28px'`)
      const after = await reachable(page)
      lost.push(...before.filter((name) => !after.includes(name)).map((name) => `${path}: ${name}`))
    }
    expect(lost).toEqual([])
  })
})

async function axeFaults(page: Page): Promise<string[]> {
  // By the debugger, since the page's own policy takes scripts of this server alone.
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `(async () => { ${AXE}; return (await axe.run(document)).violations })()`,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** What can be clicked or filled in. */
async function reachable(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(
    `[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
       .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0)
       .map((one) => one.id || one.textContent.trim() || one.name)`,
  )
}
