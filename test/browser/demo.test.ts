import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage, shows } from '../support/pages/browser.ts'
import { launch } from '../support/programs/console-server.ts'
import { pagesOf } from '../support/pages/pdf.ts'
import { tmpDir } from '../support/tmp.ts'

/** What each reader finds to cancel: three that do not run, and another. */
const WAYS = [
  {
    javaScriptEnabled: true,
    three: ['People for the post', 'People for the telephone', 'People for the auditors'],
    other: 'Sign-ups of Belgium',
  },
  {
    javaScriptEnabled: false,
    three: ['Changes, if they are good enough', 'People of another system', 'Sign-ups of Italy'],
    other: 'Sign-ups of Spain',
  },
]

test('a reader goes all ways through the demo, with JavaScript and then without', async () => {
  const place = tmpDir()
  const demo = await launch(place, ['demo', '--port', '0'], { TMPDIR: place })
  for (const { javaScriptEnabled, three, other } of WAYS) {
    const page = await openPage(`${demo.url}jobs`, { javaScriptEnabled })
    expect(await page.isVisible('#select-all')).toBe(javaScriptEnabled)
    await cancelTogether(page, three)
    await watchAndHold(page, 'Sign-ups of Austria')
    await open(page, other)
    await page.click('#button-cancel')
    await page.click('#button-sure')
    await shows(page, '.job-status', /Cancel in progress|Cancelled/)
    await repair(page, demo.folder, `corrected-${javaScriptEnabled}.csv`)
    await printInSpanish(page, three)
  }
}, 240_000)

async function open(page: Page, label: string): Promise<void> {
  await page.goto('/jobs')
  await page.getByRole('link', { name: label, exact: true }).click()
  await shows(page, 'h1', label)
}

const rowOf = (page: Page, label: string) => page.locator('#job-rows tr', { hasText: label })

async function cancelTogether(page: Page, labels: string[]): Promise<void> {
  for (const label of labels) await rowOf(page, label).locator('input').check()
  await page.click('#bulk-cancel')
  await shows(page, '#question-title', /Cancel \d+ jobs\?/)
  await page.click('#button-sure')
  await shows(page, '#jobs .notice', 'Cancelled')
  const answers = await page.locator('#jobs .notice li').allTextContents()
  const done = answers.map((answer) => answer.replace(/ · Job \d+: Cancelled$/, ''))
  expect(done.toSorted()).toEqual(labels.toSorted())
  for (const label of labels) expect(await rowOf(page, label).textContent()).toContain('Cancelled')
}

async function watchAndHold(page: Page, label: string): Promise<void> {
  await open(page, label)
  await shows(page, '.job-status', 'Execution in progress')
  const pace = await page.textContent('.job-pace')
  await expect.poll(() => page.textContent('.job-pace'), { timeout: 30_000 }).not.toBe(pace)
  // Not before something was read: there is no tally of nothing.
  await shows(page, '.tally-verdict', 'The tally balances so far')
  await page.click('#button-pause')
  await shows(page, '.job-status', 'Paused')
  await shows(page, '.tally-verdict', 'The tally balances')
  await page.click('#button-start')
  await shows(page, '.job-status', 'Execution in progress')
}

/** Takes the rejects of a job, puts the right records in their place, and imports them again. */
async function repair(page: Page, folder: string, name: string): Promise<void> {
  await open(page, 'Changes to people')
  await page.click('#tab-journal')
  await shows(page, '#journal', 'TLY-1008')
  await page.click('#tab-rejects')
  await shows(page, '#rejects', 'Rejected records')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('#export-rejects'),
  ])
  const [header = '', ...rejects] = readFileSync(await download.path(), 'utf8').split('\n')
  const inbox = path.join(folder, 'inbox')
  const right = readFileSync(path.join(inbox, 'people.csv'), 'utf8').split('\n')
  const corrected = rejects.flatMap((reject) => {
    const [, id, reason] = /^(\d+),.*,(\d+,\d+,(?:text|database),\w*,TLY-.*)$/.exec(reject) ?? []
    const record = right.find((line) => line.startsWith(`${id},`))
    return record === undefined ? [] : [`${record},${reason}`]
  })
  expect(corrected.length).toBeGreaterThan(50)
  writeFileSync(path.join(inbox, name), [header, ...corrected, ''].join('\n'))
  await importByForm(page, name)
  expect(await page.textContent('[data-counter="rejects"]')).toBe('0')
  expect(await page.textContent('[data-counter="success"]')).toBe(String(corrected.length))
}

async function importByForm(page: Page, name: string): Promise<void> {
  await page.goto('/jobs/new/import?form=whole')
  const file = page.locator('select[name="file"] option', { hasText: name })
  await page.selectOption('select[name="file"]', (await file.getAttribute('value')) ?? '')
  await page.fill('input[name="table"]', 'people')
  await page.fill('input[name="key"]', 'id')
  await page.click('#button-start')
  await shows(page, '.job-status', 'Finished')
}

async function printInSpanish(page: Page, cancelled: string[]): Promise<void> {
  await page.goto('/jobs')
  await page.click('.language-switch button')
  for (const label of cancelled) {
    await shows(page, '#job-rows tr', new RegExp(`Cancelado.*${label}`, 's'))
  }
  await page.getByRole('link', { name: 'Changes to people', exact: true }).click()
  await page.click('#button-report')
  await shows(page, 'h2', 'Diario')
  const pages = await pagesOf(await page.pdf({ format: 'A4' }))
  expect(pages.length).toBeGreaterThan(1)
  for (const [index, text] of pages.entries()) {
    expect(text).toContain(`${index + 1} / ${pages.length}`)
  }
  for (const words of ['El recuento cuadra', 'TLY-3001', 'TLY-1008']) {
    expect(pages.join(' ')).toContain(words)
  }
}
