import type { HtmlElement } from 'html-validate'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aJob, NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { anImportedFile } from '../../support/pipeline/an-imported-file.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
import { anApp, IN_PLACE, type TestApp } from '../../support/pages/app.ts'
import { attributesOf, pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const CLEAN = 'id,name,age\n1,Ann,30\n2,Bob,40\n3,Cy,50\n'
const DIRTY = 'id,name,age\n1,Ann,30\n2,"Bo"b,40\n3,Cy\nx,Dee,60\n5,"E\u202e\0<i>",70\n6,Flo,old\n'

/** Three of each of two kinds more than fill a page. */
const MANY = ['id,name,age', '0,Zoe,1', ...Array.from({ length: 120 }, (_, n) => `${n + 1},short`)]

async function tabOf({ get }: TestApp, path: string) {
  return await pageOf(await get(path))
}

async function recordsOf(app: TestApp, path: string): Promise<string[]> {
  return textsOf(await tabOf(app, path), '.reject-table td a').filter((text) => /^\d+$/.test(text))
}

describe('the Rejects tab', () => {
  test.each([
    {
      language: 'en',
      columns: ['Connector', 'Record', 'Line', 'Key', 'Field', 'Value', 'Code', 'Message'],
      same: /^The same in all rows: Type: Error · Log date and time: .*2026.* · Origin: people\.csv$/,
      row: ['Database', '4', '5', 'x', 'id', 'x', 'TLY-3001'],
      short: ['Text', '3', '4', '3', '–', 'missing', 'TLY-2003'],
    },
    {
      language: 'es',
      columns: ['Conector', 'Registro', 'Línea', 'Clave', 'Campo', 'Valor', 'Código', 'Mensaje'],
      same: /^Igual en todas las filas: Tipo: Error · Fecha y hora: .*2026.* · Origen: people\.csv$/,
      row: ['Base de datos', '4', '5', 'x', 'id', 'x', 'TLY-3001'],
      short: ['Texto', '3', '4', '3', '–', 'falta', 'TLY-2003'],
    },
  ])(
    'shows of each reject what tells it from others, and the rest once: $language',
    async ({ language, columns, same, row, short }) => {
      const app = await anApp()
      const id = await anImportedFile(app, DIRTY)
      const page = await pageOf(
        await app.get(`/jobs/${id}/rejects`, { 'accept-language': language }),
      )
      expect(textsOf(page, '.reject-table th')).toEqual(columns)
      expect(textOf(page.querySelector('.same-in-all'))).toMatch(same)
      const rows = textsOf(page, '.reject-table tr').slice(1)
      expect(rows.filter((text) => text !== '')).toHaveLength(5)
      expect(textsOf(page, '#reject-4-0 > tr > td').slice(0, 7)).toEqual(row)
      expect(textsOf(page, '#reject-3-0 > tr > td').slice(0, 7)).toEqual(short)
      expect(textOf(page.querySelector('#tab-rejects'))).toMatch(/^\S+ 5$/)
    },
  )

  test('says what is wrong in words that anybody can act on', async () => {
    const app = await anApp()
    const page = await tabOf(app, `/jobs/${await anImportedFile(app, DIRTY)}/rejects`)
    expect(textOf(page.querySelector('#summary-4-0'))).toBe(
      'The value "x" does not fit the type integer; it takes a whole number such as 42.',
    )
  })

  test('says once what is the same of a reason that was chosen', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, `${DIRTY}7,Gus,young\n`)
    const page = await tabOf(app, `/jobs/${id}/rejects?type=error&code=TLY-3001&field=age`)
    expect(textsOf(page, '.reject-table th')).toEqual([
      'Record',
      'Line',
      'Key',
      'Field',
      'Value',
      'Message',
    ])
    expect(textOf(page.querySelector('.same-in-all'))).toContain(
      'Connector: Database · Code: TLY-3001',
    )
    expect(textsOf(page, '.reject-table [data-name="Value"]')).toEqual(['old', 'young'])
  })

  test('counts them by code and field, and each kind leads to its own and back', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, `${DIRTY}y,Gus,80\n`)
    const all = `/jobs/${id}/rejects`
    const page = await tabOf(app, all)
    expect(textOf(page.querySelector('.reject-kinds li'))).toMatch(
      /^2 Error TLY-3001 id e\.g\. The value "x"/,
    )
    const [link = ''] = attributesOf(page, 'href').filter((one) => one.includes('field=id'))
    expect(link).toBe(`${all}?type=error&code=TLY-3001&field=id`)

    const chosen = await tabOf(app, link)
    expect(await recordsOf(app, link)).toEqual(['4', '7'])
    expect(textsOf(chosen, '.reject-kinds [aria-current]')).toHaveLength(1)
    expect(textsOf(chosen, 'p.print-only')).toEqual(['Type: Errors · Code: TLY-3001 · Field: id'])
    expect(chosen.querySelector('#reject-kinds-all')?.getAttributeValue('href')).toBe(all)
    expect(await recordsOf(app, `${all}?type=error&code=TLY-2002&field=`)).toEqual(['2'])
    expect(await recordsOf(app, `${all}?type=warning`)).toEqual([])
  })

  test('tells errors from warnings', async () => {
    const app = await anApp()
    const onError = { emptyOverwrites: false, onlyIfEmpty: false, onlyOnInsert: false } as const
    const fields = { age: { ...onError, onError: 'warn' as const } }
    const id = await anImportedFile(app, 'id,name,age\n1,Ann,30\n', { fields })
    const again = await anImportedFile(app, 'id,name,age\n1,Ann,many\n2,"B"o,1\n', { fields })
    expect(await recordsOf(app, `/jobs/${again}/rejects?type=warning`)).toEqual(['1'])
    expect(await recordsOf(app, `/jobs/${again}/rejects?type=error`)).toEqual(['2'])
    expect(textsOf(await tabOf(app, `/jobs/${again}/rejects`), '.filter a')).toEqual([
      'All 2',
      'Errors 1',
      'Warnings 1',
    ])
    expect(await recordsOf(app, `/jobs/${id}/rejects`)).toEqual([])
  })

  test('goes through all of them, forwards and backwards, and knows the last page', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, MANY.join('\n'), { stopIfAllRejected: false })
    const follow = async (path: string, rel: string) =>
      (await tabOf(app, path)).querySelector(`a[rel="${rel}"]`)?.getAttributeValue('href') ?? ''
    const first = `/jobs/${id}/rejects`
    const second = await follow(first, 'next')
    const third = await follow(second, 'next')
    const pages = await Promise.all([first, second, third].map((path) => recordsOf(app, path)))
    expect(pages.flat()).toEqual(Array.from({ length: 120 }, (_, n) => String(n + 2)))
    expect(await follow(third, 'next')).toBe('')
    expect(await recordsOf(app, await follow(third, 'prev'))).toEqual(pages[1])

    const last = `${first}?cursor=last`
    expect((await recordsOf(app, last)).at(-1)).toBe('121')
    expect(await follow(last, 'next')).toBe('')
    expect((await app.get(`${first}?cursor=nonsense`)).status).toBe(422)
  })

  test('says calmly that there is nothing', async () => {
    const app = await anApp()
    const finished = await aJob(app.db, { status: 'finished' })
    const running = await aJob(app.db, { status: 'running' })
    const specification = parseExportSpecification({ table: 'person', path: '/out/people.csv' })
    const act = { now: NOON, actor: OPERATOR }
    const exporting = await createJob(app.db, exportJob(specification, {}), act)
    const words = async (id: number) => textsOf(await tabOf(app, `/jobs/${id}/rejects`), '.empty')
    expect(await words(finished.id)).toEqual(['Nothing was rejected.'])
    expect(await words(running.id)).toEqual(['Nothing was rejected so far.'])
    expect(await words(exporting.id)).toEqual(['An export rejects nothing.'])
  })

  test('tells of rejects that came since, and lets the table be', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running', claim: 'mine' })
    const page = await tabOf(app, `/jobs/${id}/rejects`)
    const [url = ''] = attributesOf(page, 'hx-get').filter((one) => one.includes('/live'))
    expect((await tabOf(app, url)).querySelector('#fresh-rejects')).toBeNull()

    const batch = aBatch({
      jobId: id,
      claim: 'mine',
      counters: { processed: 2, success: 0, inserted: 0, rejects: 2, errors: 2 },
      rejects: [aReject({ record: 1 }), aReject({ record: 2 })],
    })
    await app.db.transaction().execute((trx) => commitBatch(trx, batch))
    const live = await tabOf(app, url)
    expect(textOf(live.querySelector('#fresh-rejects'))).toContain('loaded: 2.')
    expect(live.querySelector('.reject-table')).toBeNull()

    // Nor does a command in place forget them: it lets the rejects on the screen be.
    const [command = ''] = attributesOf(live, 'hx-post').filter((one) => one.includes('/pause'))
    const paused = await app.post(command, [], IN_PLACE)
    const after = await tabOf(app, paused.headers.get('location') ?? '')
    expect(textOf(after.querySelector('#fresh-rejects'))).toContain('loaded: 2.')
    const [action = ''] = attributesOf(live, 'action').filter((one) => one.includes('/pause'))
    expect(action).not.toContain('seen')
    const show = live.querySelector('#show-fresh-rejects')?.getAttributeValue('href') ?? ''
    expect(await recordsOf(app, show)).toEqual(['1', '2'])
  })
})

describe('a rejected record', () => {
  test('shows its fields with the message at the one that is wrong, and marks the place', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, DIRTY)
    const page = await tabOf(app, `/jobs/${id}/rejects/2`)
    expect(textsOf(page, '.tree > li')).toMatchObject([
      expect.stringMatching(/^id ?2$/),
      expect.stringMatching(/^name ?"Bo"b ?.*text after the closing quote/),
      expect.stringMatching(/^age ?not read$/),
    ])
    expect(textsOf(page, '.raw')).toEqual(['2,"Bo"b,40'])
    expect(textsOf(page, 'mark')).toEqual(['b'])
    const wanting = await tabOf(app, `/jobs/${id}/rejects/3`)
    expect(textsOf(wanting, 'mark')).toEqual(['⟨nothing here⟩'])
    expect(textsOf(wanting, '.blamed .field-name')).toEqual(['age'])
  })

  test.each([
    ['en', /^Record 4 line 5, byte 37 of people\.csv · .*2026.* · Connector: Database$/],
    ['es', /^Registro 4 línea 5, byte 37 de people\.csv · .*2026.* · Conector: Base de datos$/],
  ])('says where it stands, in which file, and who met it: %s', async (language, place) => {
    const app = await anApp()
    const id = await anImportedFile(app, DIRTY)
    const page = await pageOf(
      await app.get(`/jobs/${id}/rejects/4`, { 'accept-language': language }),
    )
    expect(textOf(page.querySelector('.reject-record h2'))).toMatch(place)
    expect(textOf(page.querySelector('.blamed .said'))).toMatch(/^Error: .* TLY-3001$/)
  })

  test.each([
    ['en', 'Fields at fault', 'Show all 200 fields'],
    ['es', 'Campos con errores', 'Mostrar los 200 campos'],
  ])('with 200 fields shows those at fault first: %s', async (language, name, summary) => {
    const app = await anApp()
    const header = Array.from({ length: 200 }, (_, at) => (at === 150 ? 'age' : `c${at + 1}`))
    const record = header.map((column) => (column === 'age' ? 'many' : column === 'c1' ? '1' : ''))
    const file = `${header.join(',')}\n${record.join(',')}\n`
    const id = await anImportedFile(app, file, { map: { c1: 'id' } })
    const page = await pageOf(
      await app.get(`/jobs/${id}/rejects/1`, { 'accept-language': language }),
    )
    const [first, all] = page.querySelectorAll('.tree')
    expect(first?.getAttributeValue('aria-label')).toBe(name)
    expect(textOf(first ?? null)).toMatch(/^age ?many/)
    expect(textOf(page.querySelector('.reject-record summary'))).toBe(summary)
    expect(all?.querySelectorAll('li')).toHaveLength(200)
  })

  test('hides nothing of what is hostile, and does nothing that it says', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, DIRTY)
    const html = await (await app.get(`/jobs/${id}/rejects/5`)).text()
    expect(html).toContain('⟨U+202E⟩')
    expect(html).toContain('⟨NUL⟩')
    expect(html).toContain('&lt;i&gt;')
    expect(html).not.toMatch(/[\0\u202e]|<i>/)
  })

  test('that is long is shown by its beginning, and all of it is a download', async () => {
    const app = await anApp()
    const record = `1,${'x'.repeat(2_000_000)},${'9'.repeat(200_000)}y`
    const id = await anImportedFile(app, `id,name,age\n${record}\n`)
    const response = await app.get(`/jobs/${id}/rejects/1`)
    const html = await response.clone().text()
    expect(html.length).toBeLessThan(100_000)
    const page = await pageOf(response)
    expect(textOf(page.querySelector('.blamed'))).toContain('behind the part that is shown')
    const [url = ''] = attributesOf(page, 'href').filter((one) => one.endsWith('/raw'))
    const raw = await app.get(url)
    expect(raw.headers.get('content-type')).toBe('application/octet-stream')
    expect(raw.headers.get('content-disposition')).toContain(
      'attachment; filename="people.csv-1.txt"',
    )
    expect(raw.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await raw.text()) === record).toBe(true)
    expect((await (await app.get(`/jobs/${id}/report`)).text()).length).toBeLessThan(100_000)
  })

  test('that is not there is not found', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, DIRTY)
    expect((await app.get(`/jobs/${id}/rejects/1/raw`)).status).toBe(404)
    expect((await app.get(`/jobs/${id}/rejects/1`)).status).toBe(404)
    expect((await app.get(`/jobs/999/rejects/1`)).status).toBe(404)
  })
})

describe('Export rejects', () => {
  test('gives a file that, corrected, makes the table what the right file makes it', async () => {
    const [clean, dirty] = [await anApp(), await anApp()]
    await anImportedFile(clean, CLEAN)
    const id = await anImportedFile(dirty, 'id,name,age\n1,Ann,30\n2,"Bo"b,40\n3,Cy,many\n')

    const response = await dirty.get(`/jobs/${id}/rejects/export`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toContain('"people-rejects.csv"')
    const exported = await response.text()
    expect(exported.split('\n')[0]).toBe(
      'id,name,age,reject_line,reject_record,reject_connector,reject_field,reject_code,reject_message',
    )
    const corrected = exported.replace('"Bo"b', 'Bob').replace('many', '50')
    await anImportedFile(dirty, corrected, { name: 'corrected.csv' })

    const table = async ({ db }: TestApp) =>
      (await sql`select * from person order by id`.execute(db)).rows
    expect(await table(dirty)).toEqual([
      { id: 1, name: 'Ann', age: 30 },
      { id: 2, name: 'Bob', age: 40 },
      { id: 3, name: 'Cy', age: 50 },
    ])
    expect(await table(dirty)).toEqual(await table(clean))
  })

  test('keeps the bytes of the source as they are', async () => {
    const app = await anApp()
    const source = Buffer.from('id\tname\n1\tAnn\n2\tJos\xe9\xff\textra\n', 'latin1')
    const id = await anImportedFile(app, source, { delimiter: '\t', encoding: 'utf-8' })
    const response = await app.get(`/jobs/${id}/rejects/export`)
    expect(response.headers.get('content-type')).toBe('text/tab-separated-values; charset=utf-8')
    const bytes = Buffer.from(await response.arrayBuffer()).toString('latin1')
    expect(bytes).toContain('\n2\tJos\xe9\xff\textra\t3\t2\ttext\t\tTLY-2005\t')
  })

  const OLD_AND_WRONG = `${DIRTY}7,Gus,young\n`
  const exportsOn = (page: HtmlElement) =>
    attributesOf(page, 'href').filter((url) => url.includes('/rejects/export'))

  test('of the reason that is shown gives its records alone, and all beside it', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, OLD_AND_WRONG)
    const tab = `/jobs/${id}/rejects?type=error&code=TLY-3001&field=age`
    const [all = '', only = ''] = exportsOn(await tabOf(app, tab))
    const chosen = await app.get(only)
    expect(chosen.headers.get('content-disposition')).toContain('"people-rejects-TLY-3001.csv"')
    const lines = (await chosen.text()).trimEnd().split('\n')
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 3))).toEqual([
      ['6', 'Flo', 'old'],
      ['7', 'Gus', 'young'],
    ])
    expect((await (await app.get(all)).text()).trimEnd().split('\n')).toHaveLength(7)
    // Where none are shown, all are still to be had.
    expect(exportsOn(await tabOf(app, `/jobs/${id}/rejects?type=warning`))).toEqual([all])
  })

  test.each([
    ['en', 'For a spreadsheet', ',id,TLY-3001,"The value ""x"" does not fit', 'Only these for a'],
    ['es', 'Para hoja de cálculo', ';id;TLY-3001;"El valor «x» no corresponde', 'Solo estos para'],
  ])('for a spreadsheet is as those of the language want it: %s', async (language, ...texts) => {
    const [name, row, chosen] = texts
    const app = await anApp()
    const id = await anImportedFile(app, OLD_AND_WRONG)
    const headers = { 'accept-language': language }
    const page = await pageOf(await app.get(`/jobs/${id}/rejects`, headers))
    expect(textOf(page.querySelector('#export-spreadsheet'))).toBe(name)
    const response = await app.get(exportsOn(page)[1] ?? '', headers)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toContain('people-rejects-spreadsheet.csv')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(bytes.toString()).toContain(row)

    const filter = 'type=error&code=TLY-3001&field=age'
    const filtered = await pageOf(await app.get(`/jobs/${id}/rejects?${filter}`, headers))
    expect(textOf(filtered.querySelector('#export-spreadsheet'))).toContain(chosen)
    expect(exportsOn(filtered)[2]).toBe(`/jobs/${id}/rejects/export?for=spreadsheet&${filter}`)
  })

  test.each([
    ['rejects/export?for=banana', 'Choose one of spreadsheet, repair.'],
    ['rejects/export?type=banana', 'Choose one of error, warning.'],
    ['rejects/export?code=banana', '"banana" is no code of a message'],
    ['journal?level=banana', 'Choose one of information, warning, error.'],
    ['journal?level=', 'Choose one of information, warning, error.'],
    ['journal.txt?level=banana', 'Choose one of information, warning, error.'],
    ['live?tab=journal&after=1&level=banana', 'Choose one of information, warning, error.'],
    ['journal?before=banana', 'The address names no page of this list'],
    ['rejects?type=banana', 'Choose one of error, warning.'],
    ['rejects?code=banana', '"banana" is no code of a message'],
  ])('and the list say what is wrong with %s', async (path, words) => {
    const app = await anApp()
    const id = await anImportedFile(app, DIRTY)
    const page = await pageOf(await app.get(`/jobs/${id}/${path}`), 422)
    expect(textOf(page.querySelector('#main [role="alert"]'))).toContain(words)
  })

  test.each([
    ['en', 'There are no such rejects. Field: nofield Show all'],
    ['es', 'No hay rechazos de esta clase. Campo: nofield Mostrar todos'],
  ])('and a filter that matches none is named, in "%s"', async (language, words) => {
    const app = await anApp()
    const id = await anImportedFile(app, DIRTY)
    const address = `/jobs/${id}/rejects?field=nofield`
    const page = await pageOf(await app.get(address, { 'accept-language': language }))
    expect(textOf(page.querySelector('.empty'))).toBe(words)
  })

  test('is refused, with the reason, where nothing was read', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'editing' })
    const page = await pageOf(await app.get(`/jobs/${id}/rejects/export`), 409)
    expect(textOf(page.querySelector('#main [role="alert"]'))).toBe(
      `Job ${id} has read nothing yet.`,
    )
  })
})

test('the reasons say on which lines their records lie, in the tab and in the report', async () => {
  const app = await anApp()
  const text = 'id,name,age\n1,A,x\n2,B,y\n3,C,4\n4,D,z\n5,,5\n'
  const id = await aFaultyImport(app.store, {}, text)
  const tab = await pageOf(await app.get(`/jobs/${id}/rejects`))
  const kinds = textsOf(tab, '.reject-kinds li')
  expect(kinds[0]).toMatch(/Lines: 2–3, 5$/)
  expect(kinds[1]).toMatch(/Lines: 6$/)
  const report = await pageOf(await app.get(`/jobs/${id}/report`))
  expect(textsOf(report, '.report-reasons tbody td:last-child')).toEqual(['2–3, 5', '6'])
})
