import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openRejectsOf } from '../../src/domain/jobs/job.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { aFaultyImport } from '../support/jobs/a-repair.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'
import { expectAgreement } from '../support/jobs/verified.ts'
import { openPage, shows, type Reader } from '../support/pages/browser.ts'
import { layoutFaults } from '../support/pages/layout.ts'
import { aConsole, launch } from '../support/programs/console-server.ts'

/** What a browser says of the answer to who came second. */
const REFUSED = /409/
const AGE = '?code=TLY-3001&field=age&rule=fixed&value=50'

async function load(page: Page, act: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent('load')
  await act()
  await loaded
}

test.each([
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])(
  'of operators who repair the same rejects %s, on one server or on two, one does, and the others are told so',
  async (_name, reader) => {
    const quiet = { TALLYMAN_WORKERS: '0' }
    const { origin, folder, store } = await aConsole(quiet)
    const another = await launch(folder, ['serve', '--port', '0'], quiet)
    const id = await aFaultyImport(store)
    const repair = `/jobs/${id}/rejects/repair`
    const origins = [origin, origin, new URL(another.url).origin]
    const operators = await Promise.all(
      origins.map((one) => openPage(`${one}${repair}${AGE}`, { ...reader, failures: REFUSED })),
    )
    await Promise.all(operators.map((page) => load(page, () => page.click('#button-import'))))
    const answers = await Promise.all(
      operators.map(async (page) => [
        new URL(page.url()).pathname,
        (await page.locator('main .notice-error').allTextContents()).join(''),
      ]),
    )
    const sentence = expect.stringMatching(/somebody else has repaired them or set them aside/)
    expect(answers.toSorted()).toEqual([
      [repair, sentence],
      [repair, sentence],
      [`/jobs/${id + 1}`, ''],
    ])
    expect(openRejectsOf(await requireJob(store.db, id))).toBe(2)
    await runWaiting(store)
    expect(await requireJob(store.db, id)).toMatchObject({ repaired: 2 })
    const { rows } = await sql`select id from person order by id`.execute(store.db)
    expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 5 }])

    // Who was told goes on with what is still open.
    const told = operators.filter((page) => new URL(page.url()).pathname === repair)
    for (const page of told) {
      const press = (name: string | RegExp) =>
        load(page, () => page.getByRole('link', { name }).first().click())
      await press('All reasons')
      await press(/^Repair: /)
      await shows(page, '#repair-fitting', 'of 1 now fit')
    }
    await expectAgreement(store)
  },
)

const READERS: [string, Reader, string][] = [
  ['with JavaScript', {}, 'fit'],
  ['without JavaScript', { javaScriptEnabled: false }, 'fit'],
  [
    'in Spanish on a telephone',
    { locale: 'es-ES', viewport: { width: 390, height: 844 } },
    'encaja',
  ],
]

test('rejects go out as a file and come back corrected, also without JavaScript and in Spanish', async () => {
  const { origin, folder, store } = await aConsole({ TALLYMAN_WORKERS: '0' })
  for (const [name, reader, word] of READERS) {
    await sql`drop table if exists person`.execute(store.db)
    const id = await aFaultyImport(store)
    const page = await openPage(`${origin}/jobs/${id}`, reader)
    await load(page, () => page.click('#button-repair'))
    const downloading = page.waitForEvent('download')
    await page.click('#export-open')
    const file = path.join(folder, `${id}.csv`)
    await (await downloading).saveAs(file)
    const corrected = readFileSync(file, 'utf8').replace('many', '20').replace('3,,40', '3,Cy,40')
    writeFileSync(file, corrected)
    await page.setInputFiles('#corrected-file', file)
    await load(page, () => page.click('#button-check-file'))
    await shows(page, '#repair-fitting', new RegExp(`2 .* 4 .*${word}`))
    expect([name, await layoutFaults(page)]).toEqual([name, []])
    await load(page, () => page.click('#button-import'))
    expect(new URL(page.url()).pathname).toBe(`/jobs/${id + 1}`)
    await runWaiting(store)
    const { rows } = await sql`select id from person order by id`.execute(store.db)
    expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  }
  await expectAgreement(store)
})
