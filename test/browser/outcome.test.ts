import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage, shows } from '../support/pages/browser.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { BULK_COMMANDS } from '../../src/domain/states/commands.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { aConsole } from '../support/programs/console-server.ts'

const CLEAN = 'id,name\n1,Ann\n2,Bob\n'
const BROKEN = `id,name\n${'"x"y,z\n'.repeat(3)}`
const HOPELESS = `id,name\n${'"x"y,z\n'.repeat(120)}`

/** What shines in the colours of success, by computed style. */
const GREEN = `(() => {
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.setProperty('color', 'var(--good)')
  const green = getComputedStyle(probe).color
  probe.remove()
  const properties = ['color', 'backgroundColor', 'stroke', 'fill', 'borderLeftColor', 'borderBottomColor']
  return [...document.querySelectorAll('main *')]
    .filter((element) => properties.some((one) => getComputedStyle(element)[one] === green))
    .map((element) => element.outerHTML.slice(0, 120))
})()`

const greenOf = (page: Page) => page.evaluate<string[]>(GREEN)

test('no page of a job that wrote nothing has the words or the colours of success', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const { folder } = server
  const files = { 'clean.csv': CLEAN, 'broken.csv': BROKEN, 'hopeless.csv': HOPELESS }
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content)
  }
  const into = ['--into', 'people', '--key', 'id', '--delimiter', ',', '--quote', '"']
  await tallyman(folder, ['import', 'clean.csv', ...into, '--create'])
  await tallyman(folder, ['import', 'clean.csv', ...into, '--dry-run'])
  const rejected = await tallyman(folder, ['import', 'broken.csv', ...into, '--json'])
  const failed = await tallyman(folder, ['import', 'hopeless.csv', ...into, '--json'])
  expect(JSON.parse(rejected.out)).toMatchObject({ status: 'finished', outcome: 'all_rejected' })
  expect(JSON.parse(failed.out)).toMatchObject({ status: 'failed', outcome: 'all_rejected' })

  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openPage(`${server.origin}/jobs/1`, { colorScheme })
    expect((await greenOf(page)).length).toBeGreaterThan(0)
    for (const id of [2, 3, 4]) {
      for (const tab of ['', '/journal', '/rejects', '/report']) {
        await page.goto(`/jobs/${id}${tab}`)
        expect(await greenOf(page), `${id}${tab}`).toEqual([])
        const text = await page.locator('main').innerText()
        expect(text, `${id}${tab}`).not.toMatch(/(?<!nothing |nothing is |would be )written\b/i)
      }
    }
    await page.goto('/jobs?text=broken')
    expect(await greenOf(page)).toEqual([])
  }
})

const NEEDED = {
  start: 'paused',
  pause: 'start_pending',
  cancel: 'paused',
  delete: 'cancelled',
} as const

test.each([true, false])(
  'a command for many says without a colour of success what it led to, JavaScript: %s',
  async (javaScriptEnabled) => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    for (const [colorScheme, command] of BULK_COMMANDS.flatMap((each) => [
      ['light', each] as const,
      ['dark', each] as const,
    ])) {
      const { id } = await aJob(server.store.db, { status: NEEDED[command], label: 'People' })
      const page = await openPage(`${server.origin}/jobs`, { colorScheme, javaScriptEnabled })
      await page.check(`#select-${id}`)
      await page.click(`#bulk-${command}`)
      if (command === 'cancel' || command === 'delete') {
        await shows(page, '#question-title', '1 job?')
        await page.click('#button-sure')
      }
      await shows(page, '#jobs .notice-neutral', `People · Job ${id}: `)
      expect(await greenOf(page), `${command} ${colorScheme}`).toEqual([])
      await page.context().close()
    }
  },
)
