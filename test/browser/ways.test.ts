import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { getDocument } from 'unpdf/pdfjs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { commitBatch } from '../../src/engine/batch.ts'
import { aBatch, aReject } from '../support/a-batch.ts'
import { aJob } from '../support/a-job.ts'
import { openPage, shows } from '../support/browser.ts'
import { until } from '../support/big-import.ts'
import { aConsole, type ConsoleServer } from '../support/console-server.ts'
import { aDirtyImport } from '../support/every-page.ts'
import { aSlowImport } from '../support/slow-import.ts'

const SOURCE = 'id,name,age\n1,Ana,31\n2,,40\n3,Carla,many\n4,Dora,22\n'

/** Puts a file where the console finds it, and imports it by the form. */
async function importByForm(page: Page, { folder }: ConsoleServer, name: string, text: string) {
  writeFileSync(path.join(folder, 'tallyman-data/inbox', name), text)
  await page.goto('/jobs/new/import')
  const file = page.locator('select[name="file"] option', { hasText: name })
  await page.selectOption('select[name="file"]', (await file.getAttribute('value')) ?? '')
  await page.fill('input[name="table"]', 'person')
  await page.fill('input[name="key"]', 'id')
  await page.click('#button-start')
  await shows(page, '.job-status', 'Finished')
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_with, javaScriptEnabled) => {
  test('a file is imported, its rejects are exported, corrected and imported again', async () => {
    const server = await aConsole()
    await sql`create table person
      (id integer primary key, name text not null, age integer)`.execute(server.store.db)
    const page = await openPage(`${server.origin}/jobs`, { javaScriptEnabled })

    await importByForm(page, server, 'people.csv', SOURCE)
    expect(await page.textContent('[data-counter="rejects"]')).toBe('2')
    await page.click('#tab-journal')
    await shows(page, '#journal', 'TLY-1008')
    await page.click('#tab-rejects')
    await shows(page, '#rejects', 'The value "many" does not fit the type integer.')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('#export-rejects'),
    ])
    const rejects = readFileSync(await download.path(), 'utf8')
    const corrected = rejects.replace(/^2,,/m, '2,Berta,').replace(/^3,Carla,many/m, '3,Carla,33')
    await importByForm(page, server, 'corrected.csv', corrected)
    expect(await page.textContent('[data-counter="rejects"]')).toBe('0')
    const { rows } = await sql`select * from person order by id`.execute(server.store.db)
    expect(rows).toEqual([
      { id: 1, name: 'Ana', age: 31 },
      { id: 2, name: 'Berta', age: 40 },
      { id: 3, name: 'Carla', age: 33 },
      { id: 4, name: 'Dora', age: 22 },
    ])
  })

  test('a job is watched, paused, started again and cancelled', async () => {
    const server = await aConsole()
    const { id } = await aSlowImport(server)
    const page = await openPage(`${server.origin}/jobs/${id}`, { javaScriptEnabled })
    page.on('dialog', (dialog) => void dialog.accept())
    await shows(page, '.job-status', 'Execution in progress')
    await page.click('#button-pause')
    await shows(page, '.job-status', 'Paused')
    const paused = await until(server.store, id, ({ status }) => status === 'paused')
    expect(paused.counters.processed).toBeGreaterThan(0)
    await page.click('#button-start')
    await shows(page, '.job-status', 'Execution in progress')
    await page.click('#button-cancel')
    await shows(page, '.job-status', 'Cancelled')
    await shows(page, '.tally-verdict', 'The tally balances')
  })

  test('three jobs are cancelled at once, each with its answer, and read in Spanish', async () => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    for (let count = 0; count < 4; count++) await aSlowImport(server, { records: 100 })
    const page = await openPage(`${server.origin}/jobs`, { javaScriptEnabled })
    for (const id of [1, 2, 4]) await page.check(`#select-${id}`)
    await page.click('#bulk-cancel')
    await shows(page, '#jobs .notice', 'Job 4: done.')
    const statuses = await page.locator('#job-rows .col-status').allTextContents()
    expect(statuses.map((text) => text.trim())).toEqual([
      'Cancelled',
      expect.stringContaining('Start pending'),
      'Cancelled',
      'Cancelled',
    ])
    await page.goto('/jobs')
    await page.click('.language-switch button')
    await shows(page, '#job-1', 'Cancelado')
    expect(await page.getAttribute('html', 'lang')).toBe('es')
  })

  test('a report is printed with its pages numbered, and without the console around it', async () => {
    const server = await aConsole({ TALLYMAN_WORKERS: '0' })
    const id = await aDirtyImport(server)
    const page = await openPage(`${server.origin}/jobs/${id}`, { javaScriptEnabled })
    await page.click('#button-report')
    await shows(page, 'h1', 'Dirty <people> & "others"')
    for (const format of ['A4', 'Letter']) {
      const pages = await pagesOf(await page.pdf({ format, printBackground: false }))
      expect(pages.length).toBeGreaterThan(0)
      for (const [index, text] of pages.entries()) {
        expect(text).toMatch(new RegExp(`${index + 1}\\s*(/|of)\\s*${pages.length}`))
      }
      const whole = pages.join(' ')
      for (const words of [
        'Dirty <people> & "others"',
        'The tally balances',
        'TLY-3001',
        'TLY-1008',
      ]) {
        expect(whole).toContain(words)
      }
      expect(whole).not.toContain('New import')
    }
  })
})

test('a report repeats the headings of its tables on every page that they go on', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const id = await aLongReport(server.store.db)
  const page = await openPage(`${server.origin}/jobs/${id}/report`)
  for (const [format, locale] of [
    ['A4', 'en-US'],
    ['Letter', 'es-ES'],
  ] as const) {
    await page.setExtraHTTPHeaders({ 'accept-language': locale })
    await page.reload()
    const pages = await pagesOf(await page.pdf({ format }))
    for (const [row, heading] of [
      [/TLY-1017/, /Date and time|Fecha y hora/],
      [/bad line \d+/, /The record in the|El registro en el/],
    ] as const) {
      const held = pages.filter((text) => row.test(text))
      expect(held.length).toBeGreaterThan(2)
      expect(held.filter((text) => !heading.test(text))).toEqual([])
    }
  }
})

/** More entries, and more kinds of rejects, than go on two pages. */
async function aLongReport(db: Db): Promise<number> {
  const { id, claim } = await aJob(db, { status: 'running' })
  const journal = Array.from({ length: 200 }, (_, at) => ({
    code: 'TLY-1017' as const,
    params: { record: at + 1, outcome: 'inserted' },
  }))
  const rejects = Array.from({ length: 90 }, (_, at) =>
    aReject({ record: at + 1, field: `field ${at % 30}`, raw: Buffer.from(`bad line ${at}`) }),
  )
  const batch = aBatch({ jobId: id, claim: claim ?? '', journal, rejects })
  await db.transaction().execute((trx) => commitBatch(trx, batch))
  return id
}

/** The words of each page. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ')
        .replace(/\s+/g, ' '),
    )
  }
  return pages
}
