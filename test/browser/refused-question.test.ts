import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { aJob, after, OPERATOR } from '../support/jobs/a-job.ts'
import { openPage, shows } from '../support/pages/browser.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { aConsole } from '../support/programs/console-server.ts'

test.each(['', '/journal', '/rejects'])(
  'where a job cannot be cancelled any more, its page%s says why and shows it as it is',
  async (tab) => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    const { db } = server.store
    const { id } = await aJob(db, { status: 'paused' })
    const page = await openPage(`${server.origin}/jobs/${id}${tab}`, { failures: /409/ })
    await transition(db, id, 'cancel', { actor: OPERATOR, now: after(60) })
    await page.click('#button-cancel')
    await shows(page, '#job-notice [role="alert"]', `Job ${id} has the status "Cancelled"`)
    await shows(page, '#job-announcement', /^Cancelled/)
    expect(await page.locator('dialog[open], #button-cancel').count()).toBe(0)
    expect(await page.locator('#button-run-again').count()).toBe(1)
    expect(await page.getAttribute('[aria-current="page"][id^="tab-"]', 'href')).toBe(
      `/jobs/${id}${tab}`,
    )
    const told = await page.locator('#journal tr', { hasText: 'TLY-1004' }).count()
    expect(told).toBe(tab === '/journal' ? 1 : 0)

    await page.click('#button-run-again')
    await page.locator('dialog[open]').waitFor()
  },
)

test('where a job cannot run again any more, its page says why', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const { db } = server.store
  const { id } = await aJob(db, { status: 'failed' })
  const page = await openPage(`${server.origin}/jobs/${id}/journal`, { failures: /409/ })
  await transition(db, id, 'start', { actor: OPERATOR, now: after(60) })
  await page.click('#button-run-again')
  await shows(page, '#job-notice [role="alert"]', `Job ${id} has the status "Start pending"`)
  expect(await page.locator('dialog[open]').count()).toBe(0)
})

test('what used standard output is not offered to run again', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  writeFileSync(path.join(server.folder, 'people.csv'), 'id\n1\n')
  await tallyman(server.folder, ['import', 'people.csv', '--into', 'people', '--create'])
  await tallyman(server.folder, ['export', 'people', '--to', '-'])
  const page = await openPage(`${server.origin}/jobs/2/journal`)
  expect(await page.locator('#button-report').count()).toBe(1)
  expect(await page.locator('#button-run-again').count()).toBe(0)
})
