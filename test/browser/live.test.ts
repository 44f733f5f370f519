import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { isPoll, openPage, polls, shows } from '../support/pages/browser.ts'
import { until } from '../support/jobs/big-import.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { aSlowImport } from '../support/jobs/slow-import.ts'

/** A page that is a new one loses this. */
async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate('document.isFirst = true')
  return () => page.evaluate<boolean>('document.isFirst === true')
}

const percentOf = async (page: Page) =>
  Number.parseInt((await page.textContent('.job-meter .percent')) ?? '', 10)

describe('the page of a job', () => {
  test('shows how it gets on', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs/${id}`)
    const isFirst = await mark(page)
    await shows(page, '#job-announcement', 'Execution in progress')
    const before = await percentOf(page)
    await expect.poll(() => percentOf(page), { timeout: 30_000 }).toBeGreaterThan(before)
    expect(await isFirst()).toBe(true)
  })

  test('follows it to its end without a reload, and then asks no more', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server, { records: 3_000, status: 'editing' })
    const page = await openPage(`${server.origin}/jobs/${id}`)
    const isFirst = await mark(page)
    await page.click('#button-start')
    await shows(page, '#job-announcement', 'Finished')
    expect(await page.textContent('.job-meter .percent')).toBe('100%')
    expect(await page.textContent('[data-counter="rejects"]')).toBe('60')
    expect(await page.textContent('.tally-verdict')).toContain('balances')
    expect(await page.getAttribute('#job-live', 'hx-get')).toBeNull()
    expect(await isFirst()).toBe(true)

    const asked: string[] = []
    page.on('request', (request) => void asked.push(request.url()))
    // A page that asks once a second would ask twice meanwhile.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 2_500))')
    expect(asked.filter(isPoll)).toEqual([])
  })

  test('obeys Pause, Start and Cancel in place, and asks before it cancels', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs/${id}`)
    const isFirst = await mark(page)
    await until(server.store, id, ({ status }) => status === 'running')

    // Many click twice on everything: what takes the place of a button is not meant.
    await page.dblclick('#button-pause')
    await shows(page, '#job-announcement', /^Paused$/)
    expect(await page.textContent('#job-notice')).toBe('')
    const { counters } = await until(server.store, id, ({ status }) => status === 'paused')
    await shows(page, '.job-pace', `${counters.processed.toLocaleString('en')} records processed`)

    await page.dblclick('#button-start')
    await shows(page, '#job-announcement', 'Execution in progress')
    expect(await page.textContent('#job-notice')).toBe('')
    await page.click('#button-cancel')
    await shows(page, 'dialog[open]', 'Slow people')
    await polls(page, 1)
    await page.click('dialog #button-keep')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    expect((await findJob(server.store.db, id))?.status).toBe('running')
    expect(await isFirst()).toBe(true)

    await page.click('#button-cancel')
    await page.click('dialog #button-sure')
    await shows(page, '#job-announcement', /^Cancelled$/)
    expect(await page.locator('#button-start, #button-pause, #button-cancel').count()).toBe(0)
  })

  test('says why it refuses, and then shows the job as it is, whoever moves it', async () => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    const { id } = await aSlowImport(server, { status: 'editing' })
    const page = await openPage(`${server.origin}/jobs/${id}`, { failures: /40[49]/ })
    const other = await openPage(`${server.origin}/jobs/${id}`, { failures: /404/ })
    await other.click('#button-start')
    await shows(other, '#job-announcement', /Start pending|Execution/)

    await page.click('#button-start')
    await shows(page, '#job-notice [role="alert"]', `Job ${id} has the status`)
    expect(await page.locator('#button-start').count()).toBe(0)
    expect(await page.locator('#button-cancel').count()).toBe(1)

    // The reason outlasts what a poll brings, until the operator does something.
    await other.click('#button-pause')
    await shows(page, '#job-announcement', /^Paused$/)
    expect(await page.title()).toBe(`Paused: Slow people (job ${id}) – Tallyman`)
    expect(await page.isVisible('#job-notice [role="alert"]')).toBe(true)
    await page.click('#button-start')
    await shows(page, '#job-announcement', 'Start pending')
    expect(await page.locator('#job-notice [role="alert"]').count()).toBe(0)

    await other.click('#job-more-button')
    await other.click('#job-edit')
    await other.fill('#edit-label', 'Called otherwise')
    await other.fill('#edit-description', 'And described')
    await other.click('#button-save')
    await shows(page, '#job-title .description', 'And described')
    const title = await page.locator('#job-title h1', { hasText: 'Called otherwise' }).boundingBox()
    const below = await page.locator('#job-title .description').boundingBox()
    expect(below?.y).toBeGreaterThanOrEqual((title?.y ?? Infinity) + (title?.height ?? 0))

    // Somebody deletes it: the page says so in the place of what it showed, and asks no more.
    await server.store.db.deleteFrom('tallyman_journal').where('job_id', '=', id).execute()
    await server.store.db.deleteFrom('tallyman_job').where('id', '=', id).execute()
    await shows(page, '#main [role="alert"]', `There is no job ${id}`)
    expect(await page.locator('main, #job-live').count()).toBe(1)
  })

  test('appends what is new to the journal, each entry once and in order', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs/${id}/journal`)
    const isFirst = await mark(page)
    for (let round = 0; round < 3; round++) {
      await page.click('#button-pause')
      await shows(page, '#job-announcement', /^Paused$/)
      await page.click('#button-start')
      await shows(page, '#job-announcement', 'Execution in progress')
    }
    const shown = await page.locator('#journal tr').evaluateAll((rows) => rows.map(({ id }) => id))
    expect(new Set(shown).size).toBe(shown.length)
    const numbers = shown.map((row) => Number(row.replace('entry-', '')))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(await page.locator('#journal tr', { hasText: 'TLY-1003' }).count()).toBe(3)
    expect(await isFirst()).toBe(true)
  })
})

describe('a server that is away', () => {
  test.each(['/jobs', '/jobs/1'])('is shown as such on %s until it is back', async (path) => {
    const server = await aConsole()
    await aSlowImport(server)
    const page = await openPage(server.origin + path, { failures: /ERR_|Failed to (load|fetch)/ })
    const isFirst = await mark(page)
    await polls(page, 1)
    expect(await page.isVisible('#server-away')).toBe(false)

    await server.stop()
    await page.locator('#server-away').waitFor({ state: 'visible' })
    await server.startAgain()
    await page.locator('#server-away').waitFor({ state: 'hidden' })
    await shows(page, '.status-badge', 'Execution in progress')
    await polls(page, 1)
    expect(await isFirst()).toBe(true)
  })
})

test('a tab that is hidden asks for nothing until it is looked at again', async () => {
  const server = await aConsole()
  await aSlowImport(server)
  for (const path of ['/jobs', '/jobs/1']) {
    const page = await openPage(server.origin + path)
    await polls(page, 1)
    await setHidden(page, true)
    const asked: string[] = []
    page.on('request', (request) => void asked.push(request.url()))
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 4_500))')
    expect(asked.filter(isPoll)).toEqual([])
    await setHidden(page, false)
    await polls(page, 1)
  }
})

/** No browser without a screen hides a tab by itself. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} })
    document.dispatchEvent(new Event('visibilitychange'))`)
}
