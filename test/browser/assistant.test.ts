import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { openPage, shows, type Reader } from '../support/pages/browser.ts'
import { aConsole, type ConsoleServer } from '../support/programs/console-server.ts'
import { layoutFaults } from '../support/pages/layout.ts'

/** As a Spanish office writes it: with its own names, commas, dates, and two records that are wrong. */
const DIRTY = `Nº cliente;Nombre;Importe;Fecha de nacimiento
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
  writeFileSync(
    path.join(inbox, 'clientes.csv'),
    Buffer.from(DIRTY.replace(/\n/g, '\r\n'), 'latin1'),
  )
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

const NARROW: Reader = { locale: 'es-ES', viewport: { width: 390, height: 844 } }

const REPAIRED = '2 rejected, 1 repaired by job 4, 1 repaired by job 3, 0 open'
const REPARADO =
  '2 rechazados, 1 reparado por el trabajo 4, 1 reparado por el trabajo 3, 0 pendientes'

describe.each<[string, Reader, string, string]>([
  ['with JavaScript', {}, 'Finished', REPAIRED],
  ['without JavaScript', { javaScriptEnabled: false }, 'Finished', REPAIRED],
  ['in Spanish on a telephone', NARROW, 'Finalizado', REPARADO],
])('a newcomer %s', (_name, reader, finished, repaired) => {
  test('gets a dirty Spanish file into a table that has other names, and repairs its rejects', async () => {
    const { origin, store } = await aSpanishOffice()
    const page = await openPage(`${origin}/`, reader)
    const faults: string[] = []
    const look = async () => {
      faults.push(...(await layoutFaults(page)).map((fault) => `${page.url()}: ${fault}`))
    }
    const go = async (act: () => Promise<void>) => {
      const loaded = page.waitForEvent('load')
      await act()
      await loaded
      await look()
    }
    const next = () => go(() => page.click('#button-next'))
    const repairs = async (reason: string | RegExp, input: string, value: string) => {
      await page.goto(`${origin}/jobs/1`)
      await go(() => page.click('#button-repair'))
      const row = page.locator('.repair-reasons tr').filter({ hasText: reason })
      await go(() => row.locator('.button').click())
      await page.fill(input, value)
      await go(() => page.click('#button-check'))
      await go(() => page.click('#button-import'))
      const id = Number(/\d+$/.exec(new URL(page.url()).pathname)?.[0])
      await expect.poll(async () => (await findJob(store.db, id))?.status).toBe('finished')
    }
    await go(() => page.locator('a[href="/jobs/new/import"]').first().click())
    await choose(page, 'clientes.csv')
    await look()
    await next()
    await shows(page, '.found-line', 'windows-1252')
    await shows(page, '.fault-cell', '"Lu"cía')
    await next()
    // What the columns mean, and how amounts and dates are written, is guessed and marked.
    for (const [index, field] of ['', 'name', 'amount', 'born'].entries()) {
      expect(await page.locator(`#field-${index}`).inputValue()).toBe(field)
    }
    expect(await page.locator('[name="format-2"]').inputValue()).toBe('decimal_comma')
    expect(await page.locator('[name="format-3"]').inputValue()).toBe('dmy')
    expect(await page.locator('.guessed').count()).toBe(5)
    await shows(page, '.misfit-list', 'mucho')
    await page.selectOption('#field-0', 'id')
    await page.check('[name="key-0"]')
    await next()
    await next()
    await page.click('#button-try-all')
    if (reader.javaScriptEnabled === false) {
      await expect
        .poll(async () => (await findJob(store.db, 2))?.status, { timeout: 60_000 })
        .toBe('finished')
      await page.reload()
    }
    await page.locator('#trial .ledger').waitFor()
    await look()
    expect(await sql`select * from customers`.execute(store.db)).toMatchObject({ rows: [] })
    await page.click('#button-start')
    await expect.poll(async () => (await findJob(store.db, 1))?.status).toBe('finished')
    await page.goto(`${origin}/jobs/1`)
    await shows(page, '.job-status', finished)

    // What was rejected is corrected: a value in the grid, and a record that could not be read.
    await repairs('amount', '#v-3-2', '12,50')
    await repairs(/TLY-20/, '#line-4', '4;"Lucía";3,20;2/2/1999')
    await page.goto(`${origin}/jobs/1`)
    await look()
    await shows(page, '#repair-state', repaired)

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
    expect(faults).toEqual([])
  })
})

test('a file whose header matches is imported in at most six clicks besides choosing it', async () => {
  const { origin, store } = await aSpanishOffice()
  const page = await openPage(`${origin}/`)
  let clicks = 0
  const click = async (selector: string) => {
    clicks++
    await page.locator(selector).first().click()
  }
  await click('a[href="/jobs/new/import"]')
  await choose(page, 'customers.csv')
  for (let step = 0; step < 4; step++) await click('#button-next')
  await click('#button-start')
  await expect.poll(async () => (await findJob(store.db, 1))?.status).toBe('finished')
  expect(clicks).toBeLessThanOrEqual(6)
  expect(await findJob(store.db, 1)).toMatchObject({ counters: { inserted: 2, rejects: 0 } })
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
