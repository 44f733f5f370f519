import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPage, type Reader } from '../support/pages/browser.ts'
import { aFullConsole, everyPath } from '../support/pages/full-console.ts'
import { layoutFaults, USUAL_FAULTS } from '../support/pages/layout.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const NARROW = { viewport: { width: 390, height: 844 } }
/** Axe's rules; those about colours alone where nothing else than these is another. */
type Rules = 'all' | 'of colours'
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
const READERS: [string, Rules, Reader][] = [
  ['in light', 'all', { viewport: { width: 1280, height: 900 } }],
  ['on a telephone in Spanish', 'all', { ...NARROW, locale: 'es-ES' }],
  ['in the colours of the system', 'of colours', { forcedColors: 'active' }],
  ['in dark', 'of colours', { colorScheme: 'dark', viewport: { width: 768, height: 1000 } }],
]
/** In the language of the longer words. */
const WINDOWS: [string, number[], Reader][] = [
  ['with JavaScript', [768, 1280, 1920], {}],
  ['without JavaScript', [390], { javaScriptEnabled: false }],
  ['by finger', [390], { ...NARROW, hasTouch: true, isMobile: true }],
]
/** What the colours of a reader's system make as the paper is; what is chosen has a ground of its own. */
const FADED = `
  [...document.querySelectorAll('main :is(.icon, .outcome-bar line, .run-time, .run-rejects)')]
    .filter((one) => one.checkVisibility() && one.closest('[aria-current]') === null)
    .filter((one) => {
      const { backgroundColor } = getComputedStyle(document.body)
      const { color, stroke, fill } = getComputedStyle(one)
      const drawn = { line: stroke, rect: fill }[one.localName] ?? color
      return drawn === backgroundColor
    })
    .map(({ outerHTML }) => 'faded: ' + outerHTML)`

const MINUTES = 8 * 60_000

describe('on every kind of page', () => {
  test(
    'axe finds nothing, whoever reads it',
    async () => {
      const server = await aFullConsole()
      const { origin } = server
      const faults: string[] = []
      for (const [name, rules, reader] of READERS) {
        const page = await openPage(origin, reader)
        for (const path of await everyPath(server)) {
          await page.goto(path)
          const found = await axeFaults(page, rules)
          if (reader.forcedColors === 'active')
            found.push(...(await page.evaluate<string[]>(FADED)))
          faults.push(...found.map((fault) => `${path} ${name}: ${fault}`))
        }
        await page.context().close()
      }
      expect(faults).toEqual([])
    },
    MINUTES,
  )

  test(
    'nothing sticks out, is squeezed, covered or too small to hit',
    async () => {
      const server = await aFullConsole()
      const { origin } = server
      const faults: string[] = []
      for (const [name, widths, reader] of WINDOWS) {
        const page = await openPage(origin, { locale: 'es-ES', ...reader })
        for (const path of await everyPath(server)) {
          await page.goto(withoutRefresh(path))
          for (const width of widths) {
            await page.setViewportSize({ width, height: 800 })
            const found = await layoutFaults(page)
            faults.push(...found.map((fault) => `${path} ${name} at ${width} px: ${fault}`))
          }
        }
        await page.context().close()
      }
      expect(faults).toEqual([])
    },
    MINUTES,
  )

  test('no word is cut or squeezed in a list, however wide the window is', async () => {
    const { origin } = await aFullConsole()
    const page = await openPage(`${origin}/jobs`, { locale: 'es-ES' })
    const faults: string[] = []
    for (const width of [1600, 1280, 1100, 1000, 900, 700, 390]) {
      await page.setViewportSize({ width, height: 800 })
      const words = await page.evaluate<string[]>(USUAL_FAULTS)
      faults.push(...words.map((one) => `${width} px: ${one}`))
    }
    expect(faults).toEqual([])
  })

  test('text of twice the size hides no button, link or field', async () => {
    const server = await aFullConsole()
    const { origin } = server
    const page = await openPage(origin)
    const lost: string[] = []
    for (const path of await everyPath(server)) {
      await page.goto(path)
      const before = await reachable(page)
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
      const after = await reachable(page)
      lost.push(...before.filter((name) => !after.includes(name)).map((name) => `${path}: ${name}`))
    }
    expect(lost).toEqual([])
  })
})

/** Without JavaScript a page in motion would load itself anew meanwhile. */
function withoutRefresh(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}refresh=off`
}

async function axeFaults(page: Page, rules: Rules): Promise<string[]> {
  const options = rules === 'all' ? {} : { runOnly: COLOUR_RULES }
  // By the debugger, since the page's own policy takes scripts of this server alone.
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `(async () => { ${AXE}; return (await axe.run(document, ${JSON.stringify(options)})).violations })()`,
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
