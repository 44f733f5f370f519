import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { HtmlElement } from 'html-validate'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { attributesOf, pageOf, parse, textOf, textsOf } from '../../support/pages/html.ts'
import { tmpDir } from '../../support/tmp.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

/** A console with an inbox that holds one file, and a table for it. */
async function aConsole() {
  const [inbox, outbox] = [tmpDir(), tmpDir()]
  writeFileSync(path.join(inbox, 'people.csv'), 'id,name\n1,Ana\n2,Bea\n')
  const app = await anApp({ inboxes: [inbox], outbox })
  await sql`create table person (id integer primary key, name text not null)`.execute(app.store.db)
  return { app, inbox, outbox }
}

type Asked = Record<string, string>

/** Sends a form filled as it stands there at first, with these answers. */
function send(app: TestApp, url: string, answers: Asked) {
  return app.post(url, Object.entries({ header: 'yes', act: 'save', ...answers }))
}

async function choicesOf(app: TestApp): Promise<{ value: string; words: string }[]> {
  const page = parse(await (await app.get('/jobs/new/import?form=whole')).text())
  return page.querySelectorAll('#field-file option').map((option) => ({
    value: option.getAttributeValue('value') ?? '',
    words: textOf(option),
  }))
}

async function tokenOf(app: TestApp, name: string): Promise<string> {
  const found = (await choicesOf(app)).find(({ words }) => words.includes(name))
  if (found === undefined) throw new Error(`the form does not offer ${name}`)
  return found.value
}

function tokenFor(name: string | Buffer): string {
  return `0.${Buffer.from(name).toString('base64url')}`
}

async function madeBy(app: TestApp, response: Response) {
  expect(response.status).toBe(303)
  const id = Number(/\/jobs\/(\d+)$/.exec(response.headers.get('location') ?? '')?.[1])
  return await requireJob(app.db, id)
}

/** The id of the field that the answer marks, and the sentence that is tied to it. */
async function faultIn(response: Response): Promise<{ field: string; sentence: string }> {
  expect(response.status).toBe(422)
  const page = parse(await response.text())
  const box = page.querySelector('[aria-invalid]')
  const notes = (box?.getAttributeValue('aria-describedby') ?? '').split(' ')
  return {
    field: box?.getAttributeValue('id') ?? '',
    sentence: textOf(page.querySelector(`#${notes[0] ?? ''}`)),
  }
}

function chosenIn(page: HtmlElement, field: string): string {
  const chosen = page.querySelector(`#field-${field} option[selected]`)
  return chosen?.getAttributeValue('value') ?? ''
}

describe('the form of an import', () => {
  test('makes a job that a worker runs to its end', async () => {
    const { app, inbox } = await aConsole()
    const file = await tokenOf(app, 'people.csv')
    const answers = { file, table: 'person', key: 'id', act: 'start' }
    const job = await madeBy(app, await send(app, '/jobs/new/import', answers))
    expect(job).toMatchObject({
      status: 'start_pending',
      label: 'people.csv → person',
      created_by: OPERATOR,
      specification: { path: path.join(inbox, 'people.csv'), operation: 'insert_or_update' },
    })
    await runWaiting(app.store)
    expect(await requireJob(app.db, job.id)).toMatchObject({
      status: 'finished',
      counters: { inserted: 2 },
    })
  })

  test('saves for later what the command line takes as well', async () => {
    const { app } = await aConsole()
    const answers = {
      file: await tokenOf(app, 'people.csv'),
      table: 'made',
      create: 'yes',
      key: 'id, name',
      operation: 'insert',
      doubles: 'reject',
      duplicates: 'ignore',
      label: '  People  ',
      delimiter: 'semicolon',
      encoding: 'windows-1252',
      header: '',
      maxRejects: '7',
      keepGoing: 'yes',
      dryRun: 'yes',
      trace: 'yes',
    }
    // Without a header nothing names the columns of a table that is yet to be made.
    expect((await send(app, '/jobs/new/import', answers)).status).toBe(422)
    const head = { skip: '0', headerLines: '1', skipLast: '1' }
    const named = { ...answers, ...head, header: 'yes', delimiter: 'comma' }
    const job = await madeBy(app, await send(app, '/jobs/new/import', named))
    expect(job).toMatchObject({
      status: 'editing',
      label: 'People',
      specification: {
        create: true,
        key: ['id', 'name'],
        operation: 'insert',
        doubles: 'reject',
        duplicates: 'ignore',
        delimiter: ',',
        encoding: 'windows-1252',
        header: true,
        skip: 0,
        headerLines: 1,
        skipLast: 1,
        columns: [],
        maxRejects: 7,
        stopIfAllRejected: false,
        dryRun: true,
        trace: true,
      },
    })
  })

  test('that is sent twice makes one job; another answer makes another', async () => {
    const { app } = await aConsole()
    const page = parse(await (await app.get('/jobs/new/import?form=whole')).text())
    const once = page.querySelector('[name="once"]')?.getAttributeValue('value') ?? ''
    const form = { once, file: await tokenOf(app, 'people.csv'), table: 'person', act: 'start' }
    const refused = await send(app, '/jobs/new/import', { ...form, table: 'nobody' })
    expect(refused.status).toBe(422)
    const sent = [form, form, { ...form, label: 'Another' }]
    const answers = await Promise.all(sent.map((each) => send(app, '/jobs/new/import', each)))
    const [first, second, other] = await Promise.all(answers.map((each) => madeBy(app, each)))
    expect(second?.id).toBe(first?.id)
    expect(other).toMatchObject({ label: 'Another' })
    expect(await app.db.selectFrom('tallyman_job').select('id').execute()).toHaveLength(2)
  })

  test.each<[string, Asked, string, RegExp]>([
    ['no table of that name', { table: 'nobody' }, 'field-table', /tick "Make the table"/],
    ['a reserved name', { table: 'tallyman_x', create: 'yes' }, 'field-table', /reserved/],
    ['no table at all', { table: ' ' }, 'field-table', /empty/],
    ['a key that is not there', { key: 'mail' }, 'field-key', /no column "mail"/],
    ['a list with a gap', { key: 'id,,name' }, 'field-key', /names with commas/],
    ['an operation without a key', { operation: 'update' }, 'field-key', /operation Update must/],
    ['a quote as delimiter', { delimiter: '"' }, 'field-delimiter', /without double quotes/],
    ['no amount', { maxRejects: 'many' }, 'field-maxRejects', /whole number/],
    ['too long a label', { label: 'x'.repeat(201) }, 'field-label', /at most 200/],
    ['no file', { file: '' }, 'field-file', /empty/],
  ])('answers %s at its field, with all that was typed', async (_what, wrong, field, sentence) => {
    const { app } = await aConsole()
    const file = await tokenOf(app, 'people.csv')
    const typed = { file, table: 'person', trace: 'yes', label: 'My <label>', ...wrong }
    const response = await send(app, '/jobs/new/import', typed)
    const page = parse(await response.clone().text())
    const fault = await faultIn(response)
    expect(fault.field).toBe(field)
    expect(fault.sentence).toMatch(sentence)
    expect(attributesOf(page, 'value')).toContain(typed.label)
    expect(page.querySelector('#field-trace')?.hasAttribute('checked')).toBe(true)
    expect(await app.db.selectFrom('tallyman_job').selectAll().execute()).toEqual([])
  })

  test.each([
    ['people.xlsx', 'PK\x03\x04..xl/workbook.xml', /libro de cálculo .*; guarde la hoja como CSV/],
    ['setup.exe', 'MZ\0\0', /es un programa; no contiene nada/],
  ])('says at its field what %s is, and what to do', async (name, content, sentence) => {
    const { app, inbox } = await aConsole()
    writeFileSync(path.join(inbox, name), content)
    const answers = { file: await tokenOf(app, name), table: 'person', header: 'yes', act: 'save' }
    const fault = await faultIn(
      await app.post('/jobs/new/import', Object.entries(answers), {
        ...OWN,
        'accept-language': 'es',
      }),
    )
    expect(fault.field).toBe('field-file')
    expect(fault.sentence).toMatch(sentence)
  })

  test.each([
    ['en', /no file to import yet\. Copy one into the folder (\S+) of/],
    ['es', /Todavía no hay ningún archivo que importar\. Copie uno en la carpeta (\S+) del/],
  ])(
    'says in "%s" where a first file is to be put, and that nothing is wrong',
    async (language, words) => {
      const empty = tmpDir()
      const { get } = await anApp({ inboxes: [empty] })
      const page = await pageOf(
        await get('/jobs/new/import?form=whole', { 'accept-language': language }),
      )
      expect(page.querySelector('main .notice-error')).toBeNull()
      expect(words.exec(textOf(page.querySelector('main .notice')))?.[1]).toBe(empty)
    },
  )

  test('takes no file but one of the inbox, whatever is asked for', async () => {
    const { app, inbox } = await aConsole()
    const elsewhere = tmpDir()
    writeFileSync(path.join(elsewhere, 'secret.csv'), 'id,name\n1,x\n')
    symlinkSync(path.join(elsewhere, 'secret.csv'), path.join(inbox, 'link.csv'))
    symlinkSync(elsewhere, path.join(inbox, 'folder'))
    mkdirSync(path.join(inbox, 'sub'))
    writeFileSync(path.join(inbox, '.hidden.csv'), 'id,name\n1,x\n')
    const wanted = [
      'link.csv',
      'folder/secret.csv',
      'sub',
      '.hidden.csv',
      '..',
      path.join(elsewhere, 'secret.csv'),
      `../${path.basename(elsewhere)}/secret.csv`,
      'people.csv\0',
      'gone.csv',
    ].map(tokenFor)
    const other = ['same', '/etc/passwd', '7.cGVvcGxlLmNzdg', '-1.cGVvcGxlLmNzdg', 'x', '.']
    for (const file of [...wanted, ...other]) {
      const fault = await faultIn(await send(app, '/jobs/new/import', { file, table: 'person' }))
      expect(fault.field, file).toBe('field-file')
      expect(fault.sentence, file).toMatch(/not in an inbox folder/)
    }
    expect((await choicesOf(app)).map(({ value }) => value)).toEqual(['', tokenFor('people.csv')])
  })

  test('offers files with hostile names as what they are, and imports them', async () => {
    const { app, inbox } = await aConsole()
    const names = [
      `a"b'<i>&.csv`,
      'new\nline.csv',
      '\u202egpj.csv',
      'with space .csv',
      '%2e%2e.csv',
    ]
    for (const name of names) writeFileSync(path.join(inbox, name), 'id,name\n1,x\n')
    const words = (await choicesOf(app)).map((choice) => choice.words).join('\n')
    expect(words).toContain('new\u240aline.csv')
    expect(words).not.toContain('\u202e')
    for (const name of names) {
      const answers = { file: tokenFor(name), table: 'person' }
      const job = await madeBy(app, await send(app, '/jobs/new/import', answers))
      expect(job.specification.path).toBe(path.join(inbox, name))
      expect((await app.get(`/jobs/${job.id}`)).status).toBe(200)
    }
  })

  // Some systems keep no name that is not text.
  test('counts files whose name is not UTF-8, and offers none', async () => {
    const { app, inbox } = await aConsole()
    const name = Buffer.concat([
      Buffer.from(`${inbox}/`),
      Buffer.of(0xff, 0xfe),
      Buffer.from('.csv'),
    ])
    writeFileSync(name, 'id,name\n1,x\n')
    const page = await (await app.get('/jobs/new/import?form=whole')).text()
    expect(page).toContain('their name is not UTF-8: 1.')
    expect(await choicesOf(app)).toHaveLength(2)
    const file = tokenFor(Buffer.of(0xff, 0xfe, 0x2e, 0x63, 0x73, 0x76))
    expect((await send(app, '/jobs/new/import', { file, table: 'person' })).status).toBe(422)
  })

  test('shows the newest 200 files, and says how many there are', async () => {
    const { app, inbox } = await aConsole()
    for (let at = 0; at < 305; at++) {
      const file = path.join(inbox, `file-${at}.csv`)
      writeFileSync(file, 'id\n')
      utimesSync(file, 1_700_000_000, 1_700_000_000 + at)
    }
    utimesSync(path.join(inbox, 'people.csv'), 1, 1)
    const choices = await choicesOf(app)
    expect(choices).toHaveLength(201)
    expect(choices[1]?.words).toContain('file-304.csv')
    expect(await (await app.get('/jobs/new/import?form=whole')).text()).toContain(
      'newest 200 of 306 files',
    )
    // What is not shown is there all the same, for whoever chose it before it fell off the end.
    const answers = { file: tokenFor('people.csv'), table: 'person' }
    await madeBy(app, await send(app, '/jobs/new/import', answers))
  })

  test('takes a file that is not in the list by its name, and looks at so many and no more', async () => {
    const { app, inbox } = await aConsole()
    for (let at = 0; at < 2_010; at++) writeFileSync(path.join(inbox, `q-${at}.csv`), '')
    const page = await (await app.get('/jobs/new/import?form=whole')).text()
    expect(page).toContain('newest 200 of 2,000 files')
    expect(page).toContain('There are 11 more files, not looked at.')
    const job = await madeBy(
      app,
      await send(app, '/jobs/new/import', { otherFile: ' people.csv ', table: 'person' }),
    )
    expect(job.specification.path).toBe(path.join(inbox, 'people.csv'))

    for (const otherFile of ['gone.csv', '../people.csv']) {
      const answers = { otherFile, file: tokenFor('people.csv'), table: 'person' }
      const refused = await pageOf(await send(app, '/jobs/new/import', answers), 422)
      expect(textOf(refused.querySelector('#error-otherFile'))).toMatch(/not in an inbox folder/)
    }
  })

  test('looks into no folder for who has left', async () => {
    const { app } = await aConsole()
    const left = { signal: AbortSignal.abort() }
    expect((await app.ask('/jobs/new/import', left)).status).toBe(400)
  })

  test('says what to do where there is no file, and where the folder is not there', async () => {
    const app = await anApp({ inboxes: [path.join(tmpDir(), 'none')] })
    expect(await (await app.get('/jobs/new/import?form=whole')).text()).toContain(
      'There is no file',
    )
  })
})

describe('the delimiter', () => {
  test.each([
    ['en', ['Comma (,)', 'Semicolon (;)', 'Tab', 'Vertical bar (|)', 'Space', 'Another']],
    ['es', ['Coma (,)', 'Punto y coma (;)', 'Tabulador', 'Barra vertical (|)', 'Espacio', 'Otro']],
  ])('is chosen in "%s" by its name', async (language, names) => {
    const { app } = await aConsole()
    const page = await pageOf(await app.get('/jobs/new/import', { 'accept-language': language }))
    expect(textsOf(page, '#field-delimiter option').slice(1)).toEqual(names)
  })

  test('that is another one must be typed, and is refused where it was typed', async () => {
    const { app } = await aConsole()
    const file = await tokenOf(app, 'people.csv')
    const sent = { file, table: 'person', delimiter: 'other' }
    for (const [otherDelimiter, sentence] of [
      ['', /empty/],
      ['"', /without double quotes/],
    ] as const) {
      const fault = await faultIn(await send(app, '/jobs/new/import', { ...sent, otherDelimiter }))
      expect(fault.field).toBe('field-otherDelimiter')
      expect(fault.sentence).toMatch(sentence)
    }
  })
})

describe('the specification of a job that is being edited', () => {
  test('is changed by the form, and started', async () => {
    const { app } = await aConsole()
    const file = await tokenOf(app, 'people.csv')
    const saved = await send(app, '/jobs/new/import', { file, table: 'person', delimiter: 'comma' })
    const { id } = await madeBy(app, saved)
    const url = `/jobs/${id}/specification`
    expect(await (await app.get(`/jobs/${id}`)).text()).toContain(`href="${url}"`)

    const page = parse(await (await app.get(url)).text())
    expect(chosenIn(page, 'delimiter')).toBe('comma')
    const answers = { file: 'same', table: 'made', create: 'yes', key: 'id', act: 'start' }
    const job = await madeBy(app, await send(app, url, answers))
    expect(job).toMatchObject({ id, status: 'start_pending', target_table: 'made' })
    expect(job.label).toBe('people.csv → made')
    const codes = (await journalAfter(app.db, id, { after: 0, limit: 10 })).map(({ code }) => code)
    expect(codes).toEqual(['TLY-1001', 'TLY-1019', 'TLY-1023', 'TLY-1050', 'TLY-1002'])
  })

  test('shows a name that holds a comma as it is to be typed', async () => {
    const { app, inbox } = await aConsole()
    writeFileSync(path.join(inbox, 'names.csv'), '"last, first",id\nA,1\n')
    const file = await tokenOf(app, 'names.csv')
    const key = 'id, "last, first"'
    const answers = { file, table: 'made', create: 'yes', key }
    const { id, specification } = await madeBy(app, await send(app, '/jobs/new/import', answers))
    expect(specification).toMatchObject({ key: ['id', 'last, first'] })
    const page = parse(await (await app.get(`/jobs/${id}/specification`)).text())
    const shown = page.querySelector('#field-key')?.getAttributeValue('value')
    expect(shown?.replaceAll('&quot;', '"')).toBe(key)
  })

  test('stays as it is once the job was started, and the page says why', async () => {
    const { app } = await aConsole()
    const file = await tokenOf(app, 'people.csv')
    const { id } = await madeBy(app, await send(app, '/jobs/new/import', { file, table: 'person' }))
    const before = await transition(app.db, id, 'start', { actor: OPERATOR, now: NOON })
    const url = `/jobs/${id}/specification`
    for (const response of [await app.get(url), await send(app, url, { file, table: 'made' })]) {
      expect(response.status).toBe(409)
      expect(await response.text()).toContain('needs the status')
    }
    expect(await requireJob(app.db, id)).toEqual(before)
  })
})
