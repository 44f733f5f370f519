import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { fill } from '../../src/i18n/console.ts'
import { openPage, shows, type Reader } from '../support/pages/browser.ts'
import { aNewcomer, chosen, type Newcomer } from '../support/pages/newcomer.ts'
import { aConsole, type ConsoleServer } from '../support/programs/console-server.ts'

const BORN = 'Fecha de nacimiento'
/** As a Spanish office writes it: with its own names, commas, dates, and two records that are wrong. */
const DIRTY = `Nº cliente;Nombre;Importe;${BORN}
1;José Peña;1.234,50;31/12/1990
2;Begoña Núñez;12,00;1/2/2000
3;Íñigo;mucho;15/8/1985
4;"Lu"cía;3,20;2/2/1999
5;Ana;7,00;30/6/1970
6;Luis;0,99;4/12/2001
7;Eva;-3,50;9/9/1999
`

async function aSpanishOffice(): Promise<ConsoleServer> {
  const server = await aConsole()
  const inbox = path.join(server.folder, 'tallyman-data/inbox')
  mkdirSync(inbox, { recursive: true })
  writeFileSync(path.join(inbox, 'customers.csv'), 'id,name,amount\n1,Ana,3\n2,Luis,4\n')
  await sql`create table customers
    (id integer primary key, name text not null, amount numeric, born date, city text)`.execute(
    server.store.db,
  )
  return server
}

async function choose(page: Page, file: string): Promise<void> {
  const option = page.locator('#field-file option', { hasText: file })
  await page.selectOption('#field-file', (await option.getAttribute('value')) ?? '')
}

const READERS: [string, Reader][] = [
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
  ['in Spanish on a telephone', { locale: 'es-ES', viewport: { width: 390, height: 844 } }],
  [
    'in Spanish on a telephone without JavaScript',
    { locale: 'es-ES', viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
  ],
]

/** Corrects the rejects of job 1 that one reason has, from its own page. */
async function repairReason(
  newcomer: Newcomer,
  { open, reason, label, value }: { open: number; reason: RegExp; label: string; value: string },
): Promise<void> {
  const { page, text, press } = newcomer
  await press(fill(text.jobPage.steps.repair, { n: open }))
  const row = page.getByRole('row').filter({ hasText: reason })
  await Promise.all([page.waitForEvent('load'), row.getByRole('link').last().click()])
  await newcomer.look()
  await page.getByLabel(label, { exact: true }).fill(value)
  await press(text.repair.check)
  await press(fill(text.repair.importThatFit, { n: 1 }))
}

describe.each(READERS)('a newcomer %s', (_name, reader) => {
  test('uploads a dirty Spanish file, gets it into a table that has other names, and repairs its rejects', async () => {
    const { origin, store } = await aSpanishOffice()
    const newcomer = await aNewcomer(`${origin}/`, reader)
    const { page, text, press } = newcomer
    const { assistant, repair } = text
    const isOver = (id: number) =>
      expect.poll(async () => (await findJob(store.db, id))?.status).toBe('finished')

    await press(text.layout.newImport)
    await newcomer.upload('clientes.csv', Buffer.from(DIRTY.replace(/\n/g, '\r\n'), 'latin1'))
    await shows(page, '.found-line', 'windows-1252')
    await shows(page, '.fault-cell', '"Lu"cía')
    await press(assistant.next.columns)

    // What the columns mean, and how amounts and dates are written, is guessed and marked.
    const { columns } = assistant
    const fields = { 'Nº cliente': 'id', Nombre: 'name', Importe: 'amount', [BORN]: 'born' }
    for (const [column, field] of Object.entries(fields)) {
      expect(await chosen(newcomer, columns.fieldOf, column)).toBe(field)
    }
    expect(await chosen(newcomer, columns.formatOf, 'Importe')).toBe('decimal_comma')
    expect(await chosen(newcomer, columns.formatOf, BORN)).toBe('dmy')
    for (const column of Object.keys(fields)) {
      const row = page.getByRole('row').filter({ has: page.getByText(column, { exact: true }) })
      await row.getByText(columns.guessed, { exact: true }).first().waitFor()
    }
    await page.locator('mark').filter({ hasText: 'mucho' }).waitFor()
    await newcomer.tick(fill(columns.isKey, { name: 'Nº cliente' }))
    await press(assistant.next.rules)
    await press(assistant.next.try)

    // The trial says what would happen, and does none of it.
    await press(assistant.try.all)
    await isOver(2)
    if (reader.javaScriptEnabled === false) await press(assistant.try.look)
    await page.getByText(fill(assistant.try.would, { n: 7 })).waitFor()
    const tried = await findJob(store.db, 2)
    expect(tried?.counters).toMatchObject({ processed: 7, inserted: 5, rejects: 2 })
    await newcomer.look()
    expect(await sql`select * from customers`.execute(store.db)).toMatchObject({ rows: [] })
    await press(text.form.import.start)
    await isOver(1)
    expect((await findJob(store.db, 1))?.counters).toEqual(tried?.counters)

    // What was rejected is corrected: a value in the grid, and a record that could not be read.
    await page.getByRole('link', { name: fill(text.jobPage.steps.repair, { n: 2 }) }).waitFor()
    const amount = fill(repair.valueOf, { name: 'Importe', n: 3 })
    await repairReason(newcomer, { open: 2, reason: /amount/, label: amount, value: '12,50' })
    await isOver(3)
    await press(fill(repair.jobName, { id: 1 }))
    const whole = fill(repair.wholeRecord, { n: 4 })
    const line = '4;"Lucía";3,20;2/2/1999'
    await repairReason(newcomer, { open: 1, reason: /TLY-20/, label: whole, value: line })
    await isOver(4)
    await press(fill(repair.jobName, { id: 1 }))
    const parts = [
      fill(repair.rejected, { n: 2 }),
      ...[4, 3].map((id) => `${fill(repair.repairedBy, { n: 1 })} ${fill(repair.jobName, { id })}`),
      fill(repair.stillOpen, { n: 0 }),
    ]
    await shows(page, 'main', parts.join(', '))

    const { rows } = await sql`
      select id, name, cast(amount as text) as amount, born from customers order by id`.execute(
      store.db,
    )
    expect(rows).toEqual([
      { id: 1, name: 'José Peña', amount: '1234.5', born: '1990-12-31' },
      { id: 2, name: 'Begoña Núñez', amount: '12', born: '2000-02-01' },
      { id: 3, name: 'Íñigo', amount: '12.5', born: '1985-08-15' },
      { id: 4, name: 'Lucía', amount: '3.2', born: '1999-02-02' },
      { id: 5, name: 'Ana', amount: '7', born: '1970-06-30' },
      { id: 6, name: 'Luis', amount: '0.99', born: '2001-12-04' },
      { id: 7, name: 'Eva', amount: '-3.5', born: '1999-09-09' },
    ])
    expect(newcomer.faults).toEqual([])
  })

  test('imports a file whose header matches in at most six clicks besides choosing it', async () => {
    const { origin, store } = await aSpanishOffice()
    const newcomer = await aNewcomer(`${origin}/`, reader)
    const { text, press } = newcomer
    const { next } = text.assistant
    await press(text.layout.newImport)
    await newcomer.upload('customers.csv', 'id,name,amount\n1,Ana,3\n2,Luis,4\n')
    await press(next.columns)
    await press(next.rules)
    await press(next.try)
    await press(text.form.import.start)
    await expect.poll(async () => (await findJob(store.db, 1))?.status).toBe('finished')
    expect(newcomer.clicks).toBeLessThanOrEqual(6)
    expect(await findJob(store.db, 1)).toMatchObject({ counters: { inserted: 2, rejects: 0 } })
  })
})

test('Back loses nothing, and a job that was left is taken up again', async () => {
  const { origin } = await aSpanishOffice()
  const page = await openPage(`${origin}/jobs/new/import`)
  await choose(page, 'customers.csv')
  for (let step = 0; step < 3; step++) await page.click('#button-next')
  await page.fill('#field-maxRejects', '7')
  await page.click('#button-back')
  await page.selectOption('#field-2', '')
  await page.click('#button-save')
  await page.click('#button-specification')
  await page.click('#button-next')
  expect(await page.locator('#field-2').inputValue()).toBe('')
  await page.click('#button-next')
  expect(await page.locator('#field-maxRejects').inputValue()).toBe('7')
})

test('short values are not broken where a file has many columns', async () => {
  const server = await aSpanishOffice()
  const names = Array.from({ length: 20 }, (_, at) => `c${at}`)
  const wide = `${names.join(',')}\n${names.map(() => '1002.75').join(',')}\n`
  writeFileSync(path.join(server.folder, 'tallyman-data/inbox/wide.csv'), wide)
  const page = await openPage(`${server.origin}/jobs/new/import`)
  await choose(page, 'wide.csv')
  await page.click('#button-next')
  const cells = page.locator('[aria-labelledby="preview-title"] td:not(.number)')
  await cells.last().waitFor()
  const heights = await cells.evaluateAll((all) => all.map((cell) => cell.clientHeight))
  expect(Math.max(...heights)).toBeLessThan(40)
})
