import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { pathsOf } from '../../../src/domain/specification/stored-path.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { tmpDir } from '../../support/tmp.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

const FIRST = 'ID;Full name;Age\n1;Ana;31\n2;Bea;32\n'
const FILE_STEP = '/jobs/1/edit/file'

/** A file of the first inbox, or of another one, as a form names it. */
const token = (name: string, inbox = 0) => `${inbox}.${Buffer.from(name).toString('base64url')}`
const also = (name: string, inbox = 0) => ({ [`also:${token(name, inbox)}`]: 'yes' })

const DIALECT = { header: 'yes', multiline: 'yes' }

/** A console with a table of people, two inboxes, and a job that is made of files in them. */
async function aJobOf(
  files: Record<string, string | Buffer>,
  elsewhere: Record<string, string> = {},
) {
  const inboxes = [tmpDir(), tmpDir()]
  const all = [files, elsewhere].map((some) => Object.entries(some))
  for (const [at, some] of all.entries()) {
    for (const [name, text] of some) writeFileSync(path.join(inboxes[at] ?? '', name), text)
  }
  const app = await anApp({ inboxes })
  await sql`create table person
    (id integer primary key, name text not null, age integer, note text)`.execute(app.db)
  const [first = '', ...others] = Object.keys(files)
  const further = [
    ...others.map((name) => also(name)),
    ...Object.keys(elsewhere).map((name) => also(name, 1)),
  ]
  const answers = Object.assign({ step: 'file', file: token(first), ...DIALECT }, ...further)
  const made = await app.post('/jobs/new/import', Object.entries(answers))
  expect(made.status).toBe(303)
  return { app, inboxes }
}

async function namesOf({ db }: TestApp): Promise<string[]> {
  const { specification } = await requireJob(db, 1)
  return pathsOf(specification).map((one) => path.basename(one))
}

type Element = Awaited<ReturnType<typeof pageOf>>

/** What a button of a file sends. */
function valueOf(page: Pick<Element, 'querySelectorAll'> | undefined, act: string): string {
  const buttons = page?.querySelectorAll('.file-tools button') ?? []
  const values = buttons.map((button) => button.getAttributeValue('value') ?? '')
  return values.find((value) => value.startsWith(`${act} `)) ?? ''
}

/** Presses the button of a file, as a browser without JavaScript does. */
async function press(app: TestApp, act: string, name: string) {
  const page = await pageOf(await app.get(FILE_STEP))
  const item = [...page.querySelectorAll('.file-list > li')].find((one) =>
    textOf(one.querySelector('strong')).includes(name),
  )
  const value = valueOf(item, act)
  const sent = { step: 'file', file: 'same', ...DIALECT, arrange: value }
  const answer = await app.post(FILE_STEP, Object.entries(sent))
  expect(answer.headers.get('location')).toBe(FILE_STEP)
}

describe('the first step of an import of several files', () => {
  test('says of each what it is, and what is wrong with it', async () => {
    const { app } = await aJobOf({
      'a.csv': FIRST,
      'b.csv': Buffer.from('Age,ID,Full name,Town\n40,7,Jos\xe9,\n', 'latin1'),
      'c.csv': 'ID;Full name\n9;Ida\n',
      'd.jsonl': '{"ID": 1, "Full name": "Eva", "Age": 2}\n',
      'e.csv': 'ID;Full name;Age\n5;"Eve;1\n',
    })
    const page = await pageOf(await app.get(FILE_STEP))
    const lines = textsOf(page, '.file-list > li')
    expect(lines).toEqual([
      expect.stringMatching(/a\.csv .*semicolon \(;\) · utf-8 · header in line 1 · 2 records/),
      expect.stringMatching(/b\.csv .*comma \(,\) · windows-1252 · header in line 1 · 1 record/),
      expect.stringContaining('c.csv has no column for age, which a.csv has'),
      expect.stringContaining('d.jsonl is JSON Lines, but a.csv is Delimited text'),
      expect.stringMatching(/e\.csv .*1 of the first 1 records cannot be read/),
    ])
    expect(lines[1]).toContain('written otherwise than the first file')
    expect(lines[1]).toMatch(/that the first file lacks, and that fill nothing: Town/)
    expect(lines[0]).not.toContain('otherwise')
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain(
      '2 of the files cannot be imported with the others; their lines say why.',
    )
    expect(textOf(page.querySelector('#preview-title'))).toBe('The first records of a.csv')

    const other = await pageOf(await app.get(`${FILE_STEP}?file=2`))
    expect(textOf(other.querySelector('#preview-title'))).toBe('The first records of b.csv')
    expect(textsOf(other, '[aria-labelledby="preview-title"] tbody td')).toEqual([
      '2',
      '40',
      '7',
      'José',
      '',
    ])
    const faulty = await pageOf(await app.get(`${FILE_STEP}?file=5`))
    expect(textsOf(faulty, '.fault-cell')).toEqual([expect.stringContaining('5;"Eve;1')])
    const none = await pageOf(await app.get(`${FILE_STEP}?file=9`))
    expect(textOf(none.querySelector('#preview-title'))).toBe('The first records of a.csv')
  })

  test('is left only with files that can be imported together', async () => {
    const { app } = await aJobOf({ 'a.csv': FIRST, 'c.csv': 'ID;Full name\n9;Ida\n' })
    const form = { step: 'file', file: 'same', ...DIALECT }
    const refused = await app.post(FILE_STEP, Object.entries({ ...form, act: 'next' }))
    const page = await pageOf(refused, 422)
    expect(textOf(page.querySelector('main [role="alert"]'))).toBe(
      '1 of the files cannot be imported with the others; its line says why.',
    )
    expect(textsOf(page, '.file-list > li')[1]).toContain('c.csv has no column for age')
    const kept = await app.post(FILE_STEP, Object.entries({ ...form, act: 'save' }))
    expect(kept.headers.get('location')).toBe('/jobs/1')
    await press(app, 'out', 'c.csv')
    const led = await app.post(FILE_STEP, Object.entries({ ...form, act: 'next' }))
    expect(led.headers.get('location')).toBe('/jobs/1/edit/columns')
  })

  test('is not left with a file that is gone, or is none to import', async () => {
    const { app, inboxes } = await aJobOf({ 'a.csv': FIRST })
    writeFileSync(path.join(inboxes[0] ?? '', 'a.csv'), '%PDF-1.7\n\0\n')
    const form = { step: 'file', file: 'same', ...DIALECT, act: 'next' }
    const page = await pageOf(await app.post(FILE_STEP, Object.entries(form)), 422)
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain('PDF document')
  })

  test('shows what is wrong with the first, and with a file that is gone, beside the others', async () => {
    const { app, inboxes } = await aJobOf({ 'a.csv': FIRST, 'b.csv': FIRST, 'c.csv': FIRST })
    writeFileSync(path.join(inboxes[0] ?? '', 'a.csv'), '%PDF-1.7\n\0\n')
    mkdirSync(path.join(inboxes[0] ?? '', 'gone'))
    await sql`update tallyman_job
      set specification = replace(specification, 'b.csv', 'gone')`.execute(app.db)
    const lines = textsOf(await pageOf(await app.get(FILE_STEP)), '.file-list > li')
    expect(lines).toEqual([
      expect.stringContaining('is a PDF document'),
      expect.stringContaining('gone'),
      expect.stringMatching(/c\.csv .*2 records/),
    ])
    await press(app, 'out', 'a.csv')
    await press(app, 'out', 'gone')
    expect(await namesOf(app)).toEqual(['c.csv'])
  })

  test('guesses formats by the values of all files, and says where those of one do not fit', async () => {
    const { app } = await aJobOf({
      'a.csv': 'ID;Full name;Age\n1;Ana;31\n',
      'b.csv': 'Age,ID,Full name\nmany,7,Gus\n',
    })
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    expect(textsOf(page, '.column-table td:last-child')).toEqual([
      '✓ all fit',
      '✓ all fit',
      expect.stringContaining('1 does not fit: many (b.csv, line 2)'),
    ])
    expect(textsOf(page, '.column-table .examples')[0]).toMatch(/^1 · 7/)
    expect(textsOf(page, '.found-line').length).toBe(2)
    expect(textOf(page.querySelector('.column-table'))).toContain(
      'Checked in 2 records of the files',
    )
  })

  test('dates that only a later file shows to begin with the day are read so', async () => {
    const { app } = await aJobOf({
      'sales.csv': 'no;day\n1;01/02/2026\n2;03/04/2026\n',
      'sales2.csv': 'no;day\n3;25/04/2026\n4;26/04/2026\n',
    })
    expect((await requireJob(app.db, 1)).specification).toMatchObject({
      table: 'sales',
      fields: { day: { format: { kind: 'date', order: 'dmy' } } },
    })
  })

  test('make a table of the types that the values of all of them have', async () => {
    const { app } = await aJobOf({
      'sales.csv': 'no;note;code\n1;;7\n2;;8\n',
      'sales2.csv': 'code;no;note\n007;3;12\n008;4;13\n',
    })
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    const chosen = page
      .querySelectorAll('.column-table td:nth-child(4) option[selected]')
      .map((option) => option.getAttributeValue('value'))
    expect(chosen).toEqual(['integer', 'integer', 'text'])
    await app.post('/jobs/1/start')
    await runWaiting(app.store)
    expect((await requireJob(app.db, 1)).counters).toMatchObject({ inserted: 4, rejects: 0 })
    const made = await app.store.tables.describe(app.db, 'sales')
    expect(made?.columns.map(({ type }) => type)).toEqual(chosen)
    const { rows } = await sql`select code from sales order by no`.execute(app.db)
    expect(rows.map((row) => Object(row).code)).toEqual(['7', '8', '007', '008'])
    await expectAgreement(app.store)
  })

  test('moves files, takes one out and one more in, and the records follow', async () => {
    const { app, inboxes } = await aJobOf({
      'a.csv': FIRST,
      'b.csv': 'ID;Full name;Age\n1;Ana B;41\n',
      'c.csv': 'ID;Full name;Age\n1;Ana C;51\n',
    })
    await press(app, 'up', 'c.csv')
    expect(await namesOf(app)).toEqual(['a.csv', 'c.csv', 'b.csv'])
    await press(app, 'down', 'a.csv')
    expect(await namesOf(app)).toEqual(['c.csv', 'a.csv', 'b.csv'])
    await press(app, 'out', 'c.csv')
    expect(await namesOf(app)).toEqual(['a.csv', 'b.csv'])
    writeFileSync(path.join(inboxes[0] ?? '', 'late.csv'), 'ID;Full name;Age\n1;Late;1\n')
    const more = { step: 'file', file: 'same', ...DIALECT, act: 'again', ...also('late.csv') }
    await app.post(FILE_STEP, Object.entries(more))
    expect(await namesOf(app)).toEqual(['a.csv', 'b.csv', 'late.csv'])
    await press(app, 'up', 'late.csv')
    const job = await requireJob(app.db, 1)
    expect(job).toMatchObject({
      status: 'editing',
      file_name: 'a.csv, late.csv, b.csv',
      label: 'a.csv, late.csv, b.csv → person',
      specification: { key: ['id'], map: { 'Full name': 'name' } },
    })
    await app.post('/jobs/1/start')
    await runWaiting(app.store)
    const { rows } = await sql`select name from person order by id`.execute(app.db)
    expect(rows).toEqual([{ name: 'Ana B' }, { name: 'Bea' }])
    await expectAgreement(app.store)
  })

  test('leaves the files as they are where what was pressed is gone or nothing of the form', async () => {
    const { app } = await aJobOf({ 'a.csv': FIRST, 'b.csv': FIRST })
    const page = await pageOf(await app.get(FILE_STEP))
    const out = valueOf(page, 'out')
    for (const arrange of [out.replace('out', 'away'), 'out 0', '', 'up']) {
      const sent = { step: 'file', file: 'same', ...DIALECT, arrange }
      expect((await app.post(FILE_STEP, Object.entries(sent))).status).toBe(303)
      expect(await namesOf(app)).toEqual(['a.csv', 'b.csv'])
    }
    for (const sent of [out, out]) {
      const form = { step: 'file', file: 'same', ...DIALECT, arrange: sent }
      await app.post(FILE_STEP, Object.entries(form))
    }
    expect(await namesOf(app)).toEqual(['b.csv'])
    expect((await pageOf(await app.get(FILE_STEP))).querySelector('.file-list')).toBeNull()
  })

  test('takes files of different folders, each of which stays within its own', async () => {
    const { app, inboxes } = await aJobOf(
      { 'a.csv': FIRST },
      { 'b.csv': 'ID;Full name;Age\n3;Eva;5\n' },
    )
    expect((await requireJob(app.db, 1)).specification).toMatchObject({
      beneath: inboxes[0],
      moreBeneath: [inboxes[1]],
    })
    await press(app, 'up', 'b.csv')
    expect((await requireJob(app.db, 1)).specification).toMatchObject({
      path: path.join(inboxes[1] ?? '', 'b.csv'),
      beneath: inboxes[1],
      moreBeneath: [inboxes[0]],
    })
    await app.post('/jobs/1/start')
    await runWaiting(app.store)
    expect((await requireJob(app.db, 1)).counters).toMatchObject({ inserted: 3 })
    for (const [at, text] of ['ID;Full name;Age\n3;Eva;5\n', FIRST].entries()) {
      expect(await (await app.get(`/jobs/1/source?file=${at + 1}`)).text()).toBe(text)
    }
    await expectAgreement(app.store)
  })
})

describe('files that are uploaded for a job that is edited', () => {
  const upload = ({ ask }: TestApp, url: string, name: string, content: string) => {
    const body = new FormData()
    body.append('file', new Blob([content]), name)
    return ask(url, { method: 'POST', headers: OWN, body })
  }
  const unused = async ({ db }: TestApp) =>
    await db.selectFrom('tallyman_file').select(['name', 'unused_since']).orderBy('name').execute()

  test('follow those that it has, and go when they are taken out', async () => {
    const app = await anApp()
    await upload(app, '/uploads', 'a.csv', 'id,name\n1,Ann\n')
    const page = await pageOf(await app.get(FILE_STEP))
    const action = page.querySelector('#upload-form')?.getAttributeValue('action') ?? ''
    expect(action).toBe('/uploads?job=1')
    const added = await upload(app, action, 'b.csv', 'name;id\nBob;2\n')
    expect(added.headers.get('location')).toBe(FILE_STEP)
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'editing',
      file_name: 'a.csv, b.csv',
      label: 'a.csv, b.csv → a',
    })
    await press(app, 'out', 'a.csv')
    expect(await requireJob(app.db, 1)).toMatchObject({ file_name: 'b.csv' })
    expect(await unused(app)).toEqual([
      { name: 'a.csv', unused_since: '' },
      { name: 'b.csv', unused_since: null },
    ])
  })

  test('in parts, once, whoever asks again', async () => {
    const app = await anApp()
    await upload(app, '/uploads', 'a.csv', 'id,name\n1,Ann\n')
    const text = 'id,name\n2,Bob\n'
    const size = String(text.length)
    const begun = await app.post('/uploads/parts', Object.entries({ name: 'b.csv', size }))
    const { id } = JSON.parse(await begun.text())
    const headers = { ...OWN, 'upload-offset': '0' }
    await app.ask(`/uploads/${id}`, { method: 'POST', headers, body: text })
    for (const _ of [1, 2]) {
      const made = await app.post(`/uploads/${id}/job?job=1`, [['size', size]])
      expect(await made.json()).toEqual({ path: FILE_STEP })
      await app.db.deleteFrom('tallyman_form').execute()
    }
    expect((await requireJob(app.db, 1)).file_name).toBe('a.csv, b.csv')
  })

  test('are refused for a job that was started, or that is not there, and nothing is left', async () => {
    const app = await anApp()
    await upload(app, '/uploads', 'a.csv', 'id,name\n1,Ann\n')
    await app.post('/jobs/1/start')
    expect((await upload(app, '/uploads?job=1', 'b.csv', 'id,name\n2,B\n')).status).toBe(409)
    expect((await upload(app, '/uploads?job=7', 'b.csv', 'id,name\n2,B\n')).status).toBe(404)
    expect(await unused(app)).toEqual([{ name: 'a.csv', unused_since: null }])
    await runWaiting(app.store)
    expect((await requireJob(app.db, 1)).counters).toMatchObject({ inserted: 1 })
  })
})
