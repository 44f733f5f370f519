import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openPage, polls, shows } from '../support/pages/browser.ts'
import { until } from '../support/jobs/big-import.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { aSlowImport } from '../support/jobs/slow-import.ts'

const value = <Value>(page: Page, script: string) => page.evaluate<Value>(script)
const focused = (page: Page) => value<string>(page, 'document.activeElement.id')

/** A number that grows at its right edge is no move, though the browser takes its beginning for one. */
const OBSERVE_MOVES = `
  document.moves = []
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries())
      for (const { node, previousRect: from, currentRect: to } of sources)
        if (Math.abs(from.right - to.right) > 2 || from.top !== to.top)
          document.moves.push(node?.className || node?.parentElement?.outerHTML)
  }).observe({ type: 'layout-shift', buffered: true })`

describe('while jobs run and the page refreshes', () => {
  test('boxes that are ticked, focus and typed words stay in the list', async () => {
    const server = await aConsole()
    for (let count = 0; count < 12; count++) {
      await aSlowImport(server, { label: `Waiting ${count}`, status: 'editing' })
    }
    await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs`)
    await page.check('#select-13')
    await page.check('#select-2')
    await page.fill('#filter-text', 'half typ')
    await page.focus('#open-13')
    await value(page, 'getSelection().selectAllChildren(document.querySelector("#open-3"))')
    await page.setViewportSize({ width: 1280, height: 300 })
    await value(page, 'scrollTo(0, 150)')

    const share = await page.textContent('#job-13 .share')
    await expect.poll(() => page.textContent('#job-13 .share'), { timeout: 20_000 }).not.toBe(share)

    expect(await page.isChecked('#select-13')).toBe(true)
    expect(await page.isChecked('#select-2')).toBe(true)
    expect(await page.inputValue('#filter-text')).toBe('half typ')
    expect(await focused(page)).toBe('open-13')
    expect(await value(page, 'String(getSelection())')).toBe('Waiting 2')
    expect(await value(page, 'scrollY')).toBe(150)
  })

  test('focus, selection and scroll stay in a job', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs/${id}`)
    await shows(page, '#job-announcement', 'Execution in progress')
    await page.setViewportSize({ width: 1280, height: 400 })
    await page.focus('#button-pause')
    await value(page, 'scrollTo(0, 120)')
    await value(page, 'getSelection().selectAllChildren(document.querySelector("#job-title h1"))')

    const processed = await page.textContent('[data-counter="processed"]')
    await expect
      .poll(() => page.textContent('[data-counter="processed"]'), { timeout: 20_000 })
      .not.toBe(processed)

    expect(await focused(page)).toBe('button-pause')
    expect(await value(page, 'String(getSelection())')).toBe('Slow people')
    expect(await value(page, 'scrollY')).toBe(120)
  })

  test('a reject that is open and a label that is half typed stay in a job', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    await until(server.store, id, ({ counters }) => counters.rejects > 0)
    const page = await openPage(`${server.origin}/jobs/${id}/rejects`)
    await page.click('#summary-50-0')
    await shows(page, '#opened-50-0', 'As it stands in the source')
    await page.click('#job-more-button')
    await page.click('#job-edit')
    await page.fill('#edit-label', 'Half typ')
    await value(page, 'document.activeElement.setSelectionRange(2, 5)')

    const pace = await page.textContent('.job-pace')
    await expect.poll(() => page.textContent('.job-pace'), { timeout: 20_000 }).not.toBe(pace)

    expect(await value(page, 'document.querySelector("#details-50-0").open')).toBe(true)
    expect(await page.isVisible('#opened-50-0 .reject-record')).toBe(true)
    expect(await page.inputValue('#edit-label')).toBe('Half typ')
    expect(await focused(page)).toBe('edit-label')
    const chosen = '[document.activeElement.selectionStart, document.activeElement.selectionEnd]'
    expect(await value(page, chosen)).toEqual([2, 5])
  })

  test('nothing moves on any page that does', async () => {
    const server = await aConsole()
    await aSlowImport(server)
    await until(server.store, 1, ({ counters }) => counters.rejects > 0)
    const paths = ['/jobs', '/jobs/1', '/jobs/1/journal', '/jobs/1/rejects']
    const pages = await Promise.all(paths.map((path) => openPage(server.origin + path)))
    for (const page of pages) await value(page, OBSERVE_MOVES)
    await Promise.all(pages.map((page) => polls(page, 4)))
    for (const page of pages) expect(await value(page, 'document.moves'), page.url()).toEqual([])
  })

  test('the hash of the file, which is known late, takes no more room than was kept for it', async () => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs/1`)
    await page.click('#all-counters summary')
    for (const width of [1280, 1000, 390]) {
      await page.setViewportSize({ width, height: 900 })
      const kept = await heightWithHash(page, '–')
      expect(await heightWithHash(page, 'd0'.repeat(32)), `at ${width} px`).toBe(kept)
    }
  })
})

async function heightWithHash(page: Page, text: string): Promise<unknown> {
  return await value(
    page,
    `document.querySelector('.hash').textContent = '${text}'
     document.querySelector('.fact-groups').getBoundingClientRect().height`,
  )
}

describe('by keyboard alone', () => {
  test('a job is reached, paused and started', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs`)
    await tabTo(page, `open-${id}`)
    await page.keyboard.press('Enter')
    await shows(page, '#job-announcement', 'Execution in progress')
    await tabTo(page, 'button-pause')
    await page.keyboard.press('Enter')
    await shows(page, '#job-announcement', /^Paused$/)
    // A batch may be over before the page is answered: then Start is there at once.
    expect(['job-controls', 'button-start']).toContain(await focused(page))
    await tabTo(page, 'button-start')
    await page.keyboard.press('Space')
    await shows(page, '#job-announcement', 'Execution in progress')
    expect(await focused(page)).toBe('button-pause')
  })

  test('a job is moved on and its label edited without losing the place', async () => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    const { id } = await aSlowImport(server, { status: 'editing' })
    const page = await openPage(`${server.origin}/jobs/${id}`)
    await tabTo(page, 'button-start')
    await page.keyboard.press('Enter')
    await shows(page, '#job-announcement', 'Start pending')
    expect(await focused(page)).toBe('button-pause')
    await page.keyboard.press('Enter')
    await shows(page, '#job-announcement', /^Paused$/)
    expect(await focused(page)).toBe('button-start')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('button-cancel')
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('button-cancel')
    await page.keyboard.press('Enter')
    await tabTo(page, 'button-sure')
    await page.keyboard.press('Enter')
    await shows(page, '#job-announcement', /^Cancelled$/)

    await tabTo(page, 'job-more-button')
    await page.keyboard.press('Enter')
    await tabTo(page, 'job-edit')
    await page.keyboard.press('Enter')
    await page.locator('#edit-label:focus').waitFor()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('Typed anew')
    await page.keyboard.press('Enter')
    await shows(page, '#job-title h1', 'Typed anew')
    expect(await focused(page)).toBe('job-more-button')
    await page.keyboard.press('Enter')
    await tabTo(page, 'job-edit')
    await page.keyboard.press('Enter')
    await tabTo(page, 'button-keep')
    await page.keyboard.press('Enter')
    await page.locator('#form-edit').waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('job-more-button')
  })

  test('jobs are selected and deleted', async () => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    const { id } = await aSlowImport(server, { status: 'editing' })
    const page = await openPage(`${server.origin}/jobs`)
    await tabTo(page, `select-${id}`)
    await page.keyboard.press('Space')
    await tabTo(page, 'bulk-delete')
    await page.keyboard.press('Enter')
    await shows(page, 'h1', 'Delete 1 job?')
    expect(await focused(page)).toBe('question-title')
    await tabTo(page, 'button-sure')
    await page.keyboard.press('Enter')
    await shows(page, '#jobs .notice', `Job ${id}: deleted`)
  })

  test('the way to the content is one step, and where one is can be seen', async () => {
    const { origin } = await aConsole()
    const page = await openPage(`${origin}/jobs`)
    await page.keyboard.press('Tab')
    expect(await page.isVisible('.skip-link')).toBe(true)
    expect((await page.locator('.skip-link').first().boundingBox())?.x).toBe(0)
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('main')
    await page.keyboard.press('Tab')
    const outline = 'getComputedStyle(document.activeElement).outlineStyle'
    expect(await value(page, outline)).toBe('solid')
  })
})

async function tabTo(page: Page, id: string, key = 'Tab'): Promise<void> {
  for (let count = 0; count < 60; count++) {
    if ((await focused(page)) === id) return
    await page.keyboard.press(key)
  }
  throw new Error(`${id} is not reached by Tab`)
}

test('a status is announced when it changes, and not with every poll', async () => {
  const server = await aConsole()
  const { id } = await aSlowImport(server)
  const page = await openPage(`${server.origin}/jobs/${id}`)
  await shows(page, '#job-announcement', 'Execution in progress')
  expect(await page.getAttribute('#job-announcement', 'role')).toBe('status')
  await value(
    page,
    `document.announced = []
     const region = document.querySelector('#job-announcement')
     new MutationObserver(() => document.announced.push(region.textContent))
       .observe(region, { characterData: true, childList: true, subtree: true })`,
  )
  await polls(page, 2)
  await page.click('#button-pause')
  await shows(page, '#job-announcement', /^Paused$/)
  const announced = await value<string[]>(page, 'document.announced')
  expect(announced.filter((words) => words !== 'Pause in progress')).toEqual(['Paused'])
})

test('another language takes along what was typed and ticked since the page was loaded', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const page = await openPage(`${server.origin}/jobs/new/import?form=whole`)
  await page.fill('#field-table', 'half typ')
  await page.click('#form-more summary')
  await page.uncheck('#field-header')
  await page.check('#field-trace')
  await page.click('.language-switch button')
  await shows(page, 'h1', 'Nueva importación')
  expect(await page.inputValue('#field-table')).toBe('half typ')
  expect(await page.isChecked('#field-header')).toBe(false)
  expect(await page.isChecked('#field-trace')).toBe(true)
})
