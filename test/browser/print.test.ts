import { expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { commitBatch } from '../../src/engine/lifecycle/batch.ts'
import { aBatch, aReject } from '../support/jobs/a-batch.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { openPage, shows } from '../support/pages/browser.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { aDirtyImport, aHalfMadeExport, aHalfMadeImport } from '../support/pages/every-page.ts'
import { pagesOf } from '../support/pages/pdf.ts'

test('a report is printed with its pages numbered, and without the console around it', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const id = await aDirtyImport(server)
  const page = await openPage(`${server.origin}/jobs/${id}`)
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

test('the columns of an assistant are printed below their headings, ticks too', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  await aDirtyImport(server)
  const [made, exported] = [await aHalfMadeImport(server), await aHalfMadeExport(server)]
  const page = await openPage(`${server.origin}/jobs/${made}/edit/columns`)
  await page.emulateMedia({ media: 'print' })
  for (const path of [`${made}/edit/columns`, `${exported}/edit/rows`]) {
    await page.goto(`${server.origin}/jobs/${path}`)
    expect(await page.isVisible('.column-table tbody .box input')).toBe(true)
  }
  const more = page.locator('.column-table details').first()
  await page.emulateMedia({ media: 'screen' })
  await more.locator('summary').click()
  await page.emulateMedia({ media: 'print' })
  expect(await more.locator('textarea').isVisible()).toBe(true)
  expect(await page.isVisible('.column-table details:not([open])')).toBe(false)
})

test('the rows of an export are printed with whole titles, and without what nobody asked for', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  await aDirtyImport(server)
  const exported = await aHalfMadeExport(server)
  const page = await openPage(`${server.origin}/jobs/${exported}/edit/rows`)
  const title = 'Cómo se llama quien compró en el ejercicio anterior'
  await page.fill('[name="title:name"]', title)
  await page.click('#button-save')
  await page.goto(`${server.origin}/jobs/${exported}/edit/rows`)
  await page.emulateMedia({ media: 'print' })
  const cut = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.column-table input.input')]
       .filter((one) => one.checkVisibility({ visibilityProperty: true }))
       .filter((one) => one.scrollWidth > one.clientWidth).map(({ value }) => value)`,
  )
  expect(cut).toEqual([])
  expect(await page.inputValue('[name="title:name"]')).toBe(title)
  expect(await page.isVisible('[name="title:note"]')).toBe(false)
  const asked = page.locator('.condition:has([value="age"]:checked)')
  expect(await asked.first().isVisible()).toBe(true)
  expect(await page.locator('.condition:has([value=""]:checked):visible').count()).toBe(0)
  expect(await page.locator('.sort:visible').count()).toBe(1)
})

test('the last step is printed without what nobody answered, and its choices whole', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const made = await aHalfMadeImport(server)
  const page = await openPage(`${server.origin}/jobs/${made}/edit/try`)
  const [first = '', ...others] = await pagesOf(await page.pdf({ format: 'A4' }))
  expect(others.length).toBeLessThan(2)
  expect(first).toMatch(/Path of the/)
  expect(first).not.toMatch(/Start later|Number of records/)
  await page.goto(`${server.origin}/jobs/${made}/edit/columns`)
  const [columns = ''] = await pagesOf(await page.pdf({ format: 'A4' }))
  expect(columns).toContain('reject the record')
  expect(columns).not.toMatch(/Change or check|Another table/)
})

test('the numbers of the ledger stand below each other, at every width', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const id = await aDirtyImport(server)
  const page = await openPage(`${server.origin}/jobs/${id}/report`)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    const ends = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.ledger td:first-child')]
         .map((cell) => cell.getBoundingClientRect().right)`,
    )
    expect(ends.length).toBeGreaterThan(2)
    expect(new Set(ends).size).toBe(1)
  }
})

test('a record that is broken on paper has a mark for each break, and all of its characters', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  const { id, claim } = await aJob(server.store.db, { status: 'running' })
  const record = 'a-b'.repeat(70)
  const rejects = [
    aReject({ record: 1, raw: Buffer.from(record) }),
    aReject({ record: 2, raw: Buffer.from('x-y') }),
  ]
  const batch = aBatch({ jobId: id, claim: claim ?? '', rejects })
  await server.store.db.transaction().execute((trx) => commitBatch(trx, batch))

  const page = await openPage(`${server.origin}/jobs/${id}/report`)
  for (const format of ['A4', 'Letter']) {
    const whole = (await pagesOf(await page.pdf({ format }))).join(' ')
    const [, lines = '', marks = ''] = /((?:[ab-]+ )+)((?:↩ )+)/.exec(whole) ?? []
    expect(lines.replaceAll(' ', '')).toContain(record)
    expect(lines.trim().split(' ').length - 1).toBe(marks.trim().split(' ').length)
    expect(whole).not.toMatch(/x-y ↩/)
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

test('a list is printed on the long side of the paper, where no word is broken', async () => {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  await aJob(server.store.db, { status: 'finished', label: 'People of the telephone' })
  const page = await openPage(`${server.origin}/jobs`, { locale: 'es-ES' })
  const [text] = await pagesOf(await page.pdf({ format: 'A4' }))
  expect(text).toContain('Etiqueta')
  expect(text).toContain('People of the telephone')
  expect(text).toContain('people.csv → person')
})
