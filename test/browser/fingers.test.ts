import { expect, test } from 'vitest'
import { openPage } from '../support/pages/browser.ts'
import { aFullConsole, everyPath } from '../support/pages/full-console.ts'
import { smallTargets } from '../support/pages/targets.ts'

const FINGER = 44

test('on every kind of page a finger hits what it is meant for', { timeout: 300_000 }, async () => {
  const server = await aFullConsole()
  const page = await openPage(server.origin, {
    viewport: { width: 393, height: 851 },
    hasTouch: true,
    isMobile: true,
  })
  const faults: string[] = []
  for (const path of ['/', ...(await everyPath(server))]) {
    await page.goto(path)
    // What is folded away is hit once it is open; a menu lies upon what stands below it.
    for (const [opened, within] of [
      ['details:not(.more)', 'body'],
      ['details.more', '.more'],
    ] as const) {
      await page.evaluate(
        `for (const one of document.querySelectorAll('${opened}')) one.open = true`,
      )
      faults.push(...(await smallTargets(page, FINGER, within)).map((one) => `${path}: ${one}`))
    }
  }
  expect(faults).toEqual([])
})
