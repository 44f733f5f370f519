import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { shows, type Reader } from '../support/pages/browser.ts'
import { aNewcomer } from '../support/pages/newcomer.ts'
import { aConsole } from '../support/programs/console-server.ts'

const READERS: [string, Reader][] = [
  ['with JavaScript', {}],
  [
    'in Spanish on a telephone without JavaScript',
    { locale: 'es-ES', viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
  ],
]

describe.each(READERS)('a newcomer %s', (_name, reader) => {
  test('exports the rows that meet a condition, sees them before, and downloads the file', async () => {
    const { origin, store } = await aConsole()
    await sql`create table goods (id integer primary key, name text, price integer)`.execute(
      store.db,
    )
    await sql`insert into goods values (1, 'Chair', 12), (2, 'Table', 100), (3, 'Lamp', 5)`.execute(
      store.db,
    )
    const newcomer = await aNewcomer(`${origin}/`, reader)
    const { page, text, press } = newcomer
    const { next } = text.assistant
    const words = text.assistantExport

    await press(text.layout.newExport, page.locator('body'))
    await newcomer.choose(words.table.label, 'goods')
    await press(next.rows)
    await page.locator('[name="field-1-1"]').selectOption('price')
    if (reader.javaScriptEnabled === false) await press(words.rows.fit)
    await page.locator('[name="operator-1-1"]').selectOption('less')
    await page.locator('[name="value-1-1"]').fill('50')
    await press(next.output)
    await press(words.output.preview)
    await shows(page, '#preview', 'Lamp')
    expect(await page.locator('#preview').innerText()).not.toContain('Table')
    await press(next.start)
    await press(text.form.export.start)
    await expect.poll(async () => (await findJob(store.db, 1))?.status).toBe('finished')

    await page.reload()
    const downloading = page.waitForEvent('download')
    await page.click('#button-download')
    const file = await (await downloading).path()
    expect(readFileSync(file, 'utf8')).toBe('id,name,price\n1,Chair,12\n3,Lamp,5\n')
    expect(newcomer.faults).toEqual([])
  })
})

test('an export of a table with long names stays within a telephone, to its download', async () => {
  const { origin, store } = await aConsole()
  const table = 'facturacion_historica_de_clientes_por_ejercicio_y_delegacion'
  const field = 'porcentaje_de_descuento_aplicado_del_ejercicio_anterior'
  await sql`create table ${sql.ref(table)} (${sql.ref(field)} integer primary key)`.execute(
    store.db,
  )
  const viewport = { width: 390, height: 844 }
  const newcomer = await aNewcomer(`${origin}/jobs/new/export`, { locale: 'es-ES', viewport })
  const { page, text, press } = newcomer
  const { next } = text.assistant
  await newcomer.choose(text.assistantExport.table.label, table)
  await press(next.rows)
  await press(next.output)
  await press(text.assistantExport.output.preview)
  // What goes on in the next line of the page begins no line of the file.
  const lines = await page.evaluate<{ lefts: number[]; count: number }[]>(
    `[...document.querySelectorAll('#preview pre')].map((pre) => {
      const range = document.createRange()
      const text = pre.querySelector('span').firstChild
      const lefts = [...text.data].map((_, at) => {
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        return range.getBoundingClientRect().left
      })
      const least = Math.min(...lefts)
      return { lefts: lefts.filter((left) => left < least + 8), count: lefts.length }
    })`,
  )
  for (const { lefts, count } of lines) expect([lefts.length, count > 50]).toEqual([1, true])
  await press(next.start)
  await page.getByText(text.assistant.try.later).click()
  await newcomer.look()
  await press(text.form.export.start)
  await expect.poll(async () => (await findJob(store.db, 1))?.status).toBe('finished')
  await page.reload()
  await newcomer.look()
  expect(newcomer.faults).toEqual([])
})
