import { expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { aSlowImport } from '../support/jobs/slow-import.ts'
import { openPage, shows } from '../support/pages/browser.ts'
import { aConsole } from '../support/programs/console-server.ts'

test('the start page, the list and a job are shown, and its buttons do what they say', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const { id } = await aSlowImport(server, { status: 'editing' })
  const page = await openPage(server.origin)
  await page.locator('h1').first().waitFor()
  await page.goto(`${server.origin}/jobs`)
  await page.click(`a[href="/jobs/${id}"]`)
  await page.click('#button-start')
  await shows(page, '#job-announcement', 'Start pending')
  expect((await findJob(server.store.db, id))?.status).toBe('start_pending')
  await page.click('#button-pause')
  await shows(page, '#job-announcement', /^Paused$/)
})
